import { nearestNames } from '../data/nearest-names.ts'
import { OssatureError } from '../errors.ts'

/**
 * The one of that name.
 * @param what it is, for the message
 * @throws OssatureError that names the nearest ones when there is none
 */
export function nameIn<T extends { readonly name: string }>(all: readonly T[], name: string, what: string): T {
  const found = all.find((candidate) => candidate.name === name)
  if (found) return found
  const names = all.map((candidate) => candidate.name)
  const [nearest] = nearestNames(name, names, 1)
  throw new OssatureError(`there is no such ${what}`, {
    found: name,
    expected: names.join(', '),
    hint: nearest && `Did you mean ${nearest}?`,
  })
}
