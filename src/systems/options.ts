import { parse as parseYaml } from 'yaml'
import type { z } from 'zod'
import { nearestNames } from '../data/nearest-names.ts'
import { OssatureError } from '../errors.ts'
import { parseYamlOptions } from '../files/yaml-options.ts'
import { nameElsewhere } from './names-elsewhere.ts'
import {
  descriptionOf,
  fieldOf,
  fieldsOf,
  isOptional,
  kindOf,
  membersOf,
  objectFields,
  typeText,
  unwrap,
} from './option-types.ts'

/** One option as help pages, forms and the documentation show it. */
export interface OptionRow {
  /** Name with dots for nested objects, as `--set` takes it. */
  readonly name: string
  /** What values are accepted, in words: `integer from 1 to 300`, `one of joint, bone`. */
  readonly type: string
  /** Undefined when the option has none. */
  readonly default: unknown
  /** True when a value must be given. */
  readonly required: boolean
  readonly description: string
}

/** Values of one origin; later layers win over earlier ones. */
export interface OptionLayer {
  /** For messages: the file's name, or `--set`. */
  readonly origin: string
  readonly values: Record<string, unknown>
}

type Values = Record<string, unknown>

/** Every option of a schema in its order; nested objects are flattened to dotted names. */
export function describeOptions(schema: z.ZodObject): OptionRow[] {
  const rows: OptionRow[] = []
  collectRows(schema, '', schema.safeParse({}).data, rows)
  return rows
}

function collectRows(schema: z.ZodType, prefix: string, defaults: unknown, rows: OptionRow[]): void {
  for (const [key, field] of Object.entries(objectFields(schema) ?? {})) {
    const name = prefix + key
    const fallback =
      typeof defaults === 'object' && defaults !== null ? (defaults as Values)[key] : field.safeParse(undefined).data
    if (kindOf(field) === 'object') {
      collectRows(unwrap(field), `${name}.`, fallback, rows)
      continue
    }
    rows.push({
      name,
      type: typeText(field),
      default: fallback,
      required: !isOptional(field),
      description: descriptionOf(field),
    })
  }
}

/**
 * Reads `--set` arguments.
 * @param settings texts `KEY=VALUE`; dots reach into nested objects; the value's type follows from the schema:
 *   `lr=0.05`, `nesterov=false`, `steps=35,55`, `name=none` for no value, `pairs=[[0, 1], [1, 2]]` for lists in lists
 * @returns the nested values, typed but not yet checked against ranges
 * @throws on a missing `=`, an unknown name, a value of the wrong type
 */
export function parseSettings(schema: z.ZodObject, settings: readonly string[], origin = '--set'): Values {
  const values: Values = {}
  for (const setting of settings) {
    const where = `${origin} ${setting}`
    const equals = setting.indexOf('=')
    if (equals < 1)
      throw new OssatureError('not a setting', { where, expected: 'NAME=VALUE', found: JSON.stringify(setting) })
    const path = setting.slice(0, equals).trim().split('.')
    const text = setting.slice(equals + 1).trim()
    const field = resolveField(schema, path, where)
    const value = fromText(field, text)
    if (value === undefined) throw wrongValue(path.join('.'), field, JSON.stringify(text), where)
    let place = values
    for (const key of path.slice(0, -1)) {
      const next = Object.hasOwn(place, key) ? place[key] : undefined
      place[key] = isPlainObject(next) ? next : {}
      place = place[key] as Values
    }
    place[path[path.length - 1]] = value
  }
  return values
}

/** Reads an options file's text as a layer; `file` is its name for messages. */
export function optionsFileLayer(text: string, file: string): OptionLayer {
  return { origin: file, values: parseYamlOptions(text, file) }
}

/**
 * The complete options: the schema's defaults, then each layer over the one before (objects are merged, lists replaced).
 * @throws on an unknown name, a missing value, a wrong type or range; the message names the option and its origin
 */
export function resolveOptions<S extends z.ZodObject>(schema: S, layers: readonly OptionLayer[]): z.output<S> {
  const origins = new Map<string, string>()
  let merged: Values = {}
  for (const { origin, values } of layers) {
    rejectUnknown(schema, values, '', origin)
    merged = merge(merged, values, '', (name) => origins.set(name, origin))
  }
  const result = schema.safeParse(merged)
  if (result.success) return result.data
  throw explain(schema, merged, result.error.issues, origins)
}

function explain(
  schema: z.ZodObject,
  values: Values,
  issues: readonly z.core.$ZodIssue[],
  origins: Map<string, string>,
) {
  const issue = issues[0]
  const path = issue.path.map(String)
  const name = path.join('.')
  if (name === '') return new OssatureError(`options do not fit together: ${issue.message}`)
  let found: unknown = values
  for (const key of path) found = isPlainObject(found) || Array.isArray(found) ? (found as Values)[key] : undefined
  let depth = path.length
  while (depth > 0 && !origins.has(path.slice(0, depth).join('.'))) depth--
  const where = depth > 0 ? origins.get(path.slice(0, depth).join('.')) : undefined
  const field = fieldOf(schema, path)
  if (found === undefined) {
    return new OssatureError(`option ${name} is missing`, {
      where,
      expected: field ? typeText(field) : issue.message,
      hint: `Give it with --set ${name}=VALUE.${field && descriptionOf(field) ? ` ${descriptionOf(field)}` : ''}`,
    })
  }
  if (issue.code === 'custom' || !field)
    return new OssatureError(`wrong value for option ${name}: ${issue.message}`, { where, found: show(found) })
  return wrongValue(name, field, show(found), where)
}

function wrongValue(name: string, field: z.ZodType, found: string, where: string | undefined): OssatureError {
  const hint = descriptionOf(field) || undefined
  return new OssatureError(`wrong value for option ${name}`, { where, expected: typeText(field), found, hint })
}

function resolveField(schema: z.ZodType, path: readonly string[], where: string): z.ZodType {
  for (let depth = 0; depth < path.length; depth++) {
    const parent = depth === 0 ? schema : fieldOf(schema, path.slice(0, depth))
    const names = parent ? fieldsOf(parent) : []
    if (names === 'any') break
    if (!names.includes(path[depth])) throw unknownOption(path.slice(0, depth).join('.'), path[depth], names, where)
  }
  return fieldOf(schema, path) as z.ZodType
}

function rejectUnknown(schema: z.ZodType, values: Values, prefix: string, origin: string): void {
  const names = fieldsOf(schema)
  if (names === 'any') return
  for (const [key, value] of Object.entries(values)) {
    if (!names.includes(key)) throw unknownOption(prefix.slice(0, -1), key, names, origin)
    const field = fieldOf(schema, [key])
    if (field && isPlainObject(value) && fieldsOf(field).length > 0)
      rejectUnknown(field, value, `${prefix}${key}.`, origin)
  }
}

function unknownOption(parent: string, key: string, names: readonly string[], where: string): OssatureError {
  const prefix = parent === '' ? '' : `${parent}.`
  if (names.length === 0)
    return new OssatureError(`unknown option ${prefix}${key}`, { where, hint: `${parent} has no options inside.` })
  const elsewhere = parent === '' ? nameElsewhere(key, names) : undefined
  const near = elsewhere === undefined ? nearestNames(key, names) : [elsewhere]
  const listed = near.map((name) => prefix + name).join(', ')
  return new OssatureError(`unknown option ${prefix}${key}`, {
    where,
    expected: near.length > 0 ? undefined : `one of ${names.map((name) => prefix + name).join(', ')}`,
    hint: near.length > 0 ? `Did you mean ${listed}?` : undefined,
  })
}

/** The value that a text means for a field, undefined when it means none. */
function fromText(schema: z.ZodType, text: string): unknown {
  const inner = unwrap(schema)
  if (/^(none|null)$/i.test(text) && schema.safeParse(null).success) return null
  switch (kindOf(inner)) {
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined
    case 'boolean':
      if (/^(true|yes|on)$/i.test(text)) return true
      return /^(false|no|off)$/i.test(text) ? false : undefined
    case 'string':
      return text
    case 'enum':
    case 'literal':
      return membersOf(inner).find((member) => String(member) === text)
    case 'union':
      return firstFitting(inner, text)
    case 'array':
    case 'tuple':
      return listFromText(inner, text)
    default:
      return structureFromText(text)
  }
}

/** A union takes the first member whose own reading of the text passes its checks; failing that, any reading. */
function firstFitting(union: z.ZodType, text: string): unknown {
  const members = membersOf(union) as z.ZodType[]
  const readings = members.map((member) => fromText(member, text))
  const fitting = readings.findIndex((value, k) => value !== undefined && members[k].safeParse(value).success)
  return fitting >= 0 ? readings[fitting] : readings.find((value) => value !== undefined)
}

function listFromText(list: z.ZodType, text: string): unknown {
  if (/^\[.*[[{"'].*\]$/s.test(text)) return structureFromText(text)
  const inside = /^\[.*\]$/s.test(text) ? text.slice(1, -1).trim() : text
  const parts = inside === '' ? [] : inside.split(',').map((part) => part.trim())
  const values = parts.map((part, k) => {
    const element = fieldOf(list, [String(k)])
    return element ? fromText(element, part) : part
  })
  return values.includes(undefined) ? undefined : values
}

function structureFromText(text: string): unknown {
  try {
    return parseYaml(text) ?? undefined
  } catch {
    return undefined
  }
}

function merge(below: Values, above: Values, prefix: string, note: (name: string) => void): Values {
  const merged: Values = { ...below }
  for (const [key, value] of Object.entries(above)) {
    const name = prefix + key
    note(name)
    const former = Object.hasOwn(merged, key) ? merged[key] : undefined
    merged[key] =
      isPlainObject(value) && (former === undefined || isPlainObject(former))
        ? merge((former as Values) ?? {}, value, `${name}.`, note)
        : value
  }
  return merged
}

function isPlainObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value))
}
