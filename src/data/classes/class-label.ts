import { OssatureError } from '../../errors.ts'
import type { Dataset } from '../dataset.ts'
import { nearestNames } from '../nearest-names.ts'

/**
 * The label of a class that is named, or given by its number from 0; a name that looks like a number is a name.
 * @throws OssatureError for a class that the data set does not have, which names the nearest
 */
export function classLabel({ name, classes }: Pick<Dataset, 'name' | 'classes'>, wanted: string | number): number {
  const named = classes.indexOf(String(wanted))
  if (named >= 0) return named
  const isNumber = /^\d+$/.test(String(wanted))
  if (isNumber && Number(wanted) < classes.length) return Number(wanted)
  const nearest = isNumber ? [] : nearestNames(String(wanted), classes)
  throw new OssatureError('there is no such class', {
    where: name,
    expected:
      nearest.length > 0 ? undefined : `a number from 0 to ${classes.length - 1}, or one of ${classes.join(', ')}`,
    found: `'${wanted}'`,
    hint: nearest.length > 0 ? `Did you mean ${nearest.join(', ')}?` : undefined,
  })
}
