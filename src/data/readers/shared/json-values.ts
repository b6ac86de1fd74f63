import { OssatureError } from '../../../errors.ts'

/** An object of JSON; own keys only are looked at by `field`. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value of a key of the file; undefined when the object has none of its own. */
export function field(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** A value for messages. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isObject(value)) return `an object with ${Object.keys(value).slice(0, 8).join(', ').slice(0, 80) || 'no keys'}`
  return JSON.stringify(value).slice(0, 60)
}

/** @throws OssatureError when the value is no object */
export function objectAt(value: unknown, where: string, what = 'an object'): JsonObject {
  if (isObject(value)) return value
  throw new OssatureError(`there is something else than ${what}`, { where, expected: what, found: show(value) })
}

/**
 * @param where a function, where to put the place together for every value would take most of the time
 * @throws OssatureError when the value is no list, or not one of `length`
 */
export function listAt(
  value: unknown,
  where: string | (() => string),
  what = 'a list',
  length?: number,
): readonly unknown[] {
  if (Array.isArray(value) && (length === undefined || value.length === length)) return value
  const place = typeof where === 'string' ? where : where()
  throw new OssatureError(`there is something else than ${what}`, { where: place, expected: what, found: show(value) })
}

/** A number that float32 can hold. @throws OssatureError */
export function coordinateAt(value: unknown, where: () => string): number {
  if (typeof value === 'number' && Number.isFinite(Math.fround(value))) return value
  throw new OssatureError('a coordinate is not a number that float32 can hold', { where: where(), found: show(value) })
}

/** An integer from `least` to 2^53 - 1. @throws OssatureError */
export function integerAt(value: unknown, where: string, least = 0): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value
  throw new OssatureError('there is no such number', {
    where,
    expected: `an integer from ${least}`,
    found: show(value),
  })
}

/** The first bytes of a JSON file as text, to tell formats apart by their keys. */
export function beginning(bytes: Uint8Array, length = 4096): string {
  return new TextDecoder().decode(bytes.subarray(0, length))
}
