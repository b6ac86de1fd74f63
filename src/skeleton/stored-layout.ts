import { OssatureError } from '../errors.ts'
import { defineLayout, type Layout, units } from './layout.ts'

/** Entries of a list; edges are about as many as joints. */
const MOST_ENTRIES = 16_384

type Check = (value: unknown) => boolean

const text: Check = (value) => typeof value === 'string' && value !== ''
const index: Check = (value) => Number.isInteger(value)
const listOf =
  (item: Check, least = 0): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= MOST_ENTRIES && value.every(item)
const pairOf =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length === 2 && value.every(item)
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value)
const division: Check = (value) => isRecord(value) && listOf(listOf(index))(Object.values(value))
const group: Check = (value) => index(value) || listOf(index, 1)(value)
const axes: Check = (value) =>
  isRecord(value) &&
  Object.keys(value).length === 3 &&
  group(value.origin) &&
  pairOf(group)(value.up) &&
  pairOf(group)(value.across)

/** Fields of a layout in their order, with what they must be. */
const REQUIRED: Readonly<Record<string, Check>> = {
  name: text,
  dimensions: oneOf(2, 3),
  joints: listOf(text),
  centre: index,
  inward: listOf(pairOf(index)),
  parents: listOf(index),
  roots: listOf(index),
  mirrored: listOf(pairOf(index)),
  parts: division,
  halves: division,
  tips: listOf(index),
}
const OPTIONAL: Readonly<Record<string, Check>> = {
  source: text,
  unit: oneOf(...units),
  limbs: listOf(pairOf(index)),
  axes,
  motionScore: oneOf('mean', 'difference'),
}
const FIELDS = { ...REQUIRED, ...OPTIONAL }

/** A layout as JSON holds it, for files that are read where the layout's own file is not: its fields in a fixed order. */
export function storedLayout(layout: Layout): Layout {
  const entries = Object.keys(FIELDS).map((field) => [field, layout[field as keyof Layout]])
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/**
 * The layout that a file holds.
 * @param value of the file's JSON, taken for hostile
 * @param where names file and place in errors
 * @throws OssatureError naming the field, or the joint that hangs on nothing or stands twice
 */
export function layoutFromStored(value: unknown, where: string): Layout {
  if (!isRecord(value)) throw damaged(where, 'no object')
  const unknown = Object.keys(value).find((field) => !Object.hasOwn(FIELDS, field))
  if (unknown !== undefined) throw damaged(where, `a field '${unknown.slice(0, 60)}'`)
  for (const [field, check] of Object.entries(FIELDS)) {
    const present = Object.hasOwn(value, field)
    if (present ? !check(value[field]) : Object.hasOwn(REQUIRED, field)) {
      throw damaged(where, present ? `an unfit field ${field}` : `no field ${field}`)
    }
  }
  try {
    return defineLayout(value as unknown as Layout)
  } catch (error) {
    throw damaged(where, (error as Error).message.replace(/\s+/g, ' '))
  }
}

/** Whether two layouts differ in nothing but what is said of their origin. */
export function sameLayout(a: Layout, b: Layout): boolean {
  const content = (layout: Layout) => JSON.stringify({ ...storedLayout(layout), source: undefined })
  return a === b || content(a) === content(b)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function damaged(where: string, found: string): OssatureError {
  return new OssatureError('the skeleton layout in this file is damaged', { where, found })
}
