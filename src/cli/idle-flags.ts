import { OssatureError } from '../errors.ts'

/**
 * Refuses flags that would do nothing.
 * @param when they do nothing, such as `without --augment`
 * @param flags their values by their names; undefined or an empty list where one was not given
 * @throws OssatureError that names those which were given
 */
export function refuseIdle(when: string, flags: Readonly<Record<string, unknown>>): void {
  const given = Object.entries(flags).flatMap(([name, value]) =>
    value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [name],
  )
  if (given.length === 0) return
  throw new OssatureError(`${given.join(', ')} ${given.length === 1 ? 'does' : 'do'} nothing ${when}`)
}
