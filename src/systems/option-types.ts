import { z } from 'zod'

/** The kinds of an option's type that texts and messages distinguish. */
export type OptionKind =
  | 'number'
  | 'boolean'
  | 'string'
  | 'enum'
  | 'literal'
  | 'union'
  | 'array'
  | 'tuple'
  | 'object'
  | 'other'

function definition(schema: z.ZodType): z.core.$ZodTypes['_zod']['def'] {
  return (schema as unknown as z.core.$ZodTypes)._zod.def
}

/** The type that a default, optional, nullable, readonly or transformed one is made of; undefined for others. */
function innerOf(schema: z.ZodType): z.ZodType | undefined {
  const def = definition(schema)
  switch (def.type) {
    case 'default':
    case 'prefault':
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return def.innerType as z.ZodType
    case 'pipe':
      return def.in as z.ZodType
    case 'lazy':
      return def.getter() as z.ZodType
    default:
      return undefined
  }
}

/** The type below defaults, optional, nullable, readonly and transforms: what a person types in. */
export function unwrap(schema: z.ZodType): z.ZodType {
  const inner = innerOf(schema)
  return inner ? unwrap(inner) : schema
}

/**
 * The sentence that describes an option, empty where there is none. It may stand before or after `.default(...)` and the
 * like, so `group.shape.epochs.default(24)` keeps the sentence of its group.
 */
export function descriptionOf(schema: z.ZodType): string {
  const inner = innerOf(schema)
  return schema.description ?? (inner ? descriptionOf(inner) : '')
}

export function kindOf(schema: z.ZodType): OptionKind {
  const { type } = definition(unwrap(schema))
  switch (type) {
    case 'number':
    case 'boolean':
    case 'string':
    case 'enum':
    case 'literal':
    case 'union':
    case 'array':
    case 'tuple':
    case 'object':
      return type
    default:
      return 'other'
  }
}

/** Members of an enum or literal (values) or of a union (schemas). */
export function membersOf(schema: z.ZodType): readonly unknown[] {
  const def = definition(unwrap(schema))
  if (def.type === 'enum') return Object.values(def.entries)
  if (def.type === 'literal') return def.values
  if (def.type === 'union') return def.options
  return []
}

/** Fields of an object type, undefined for other types. */
export function objectFields(schema: z.ZodType): Record<string, z.ZodType> | undefined {
  const def = definition(unwrap(schema))
  return def.type === 'object' ? (def.shape as Record<string, z.ZodType>) : undefined
}

/** Names that may stand inside a value of this type: of an object, of all objects of a union, or any (a record). */
export function fieldsOf(schema: z.ZodType): readonly string[] | 'any' {
  const inner = unwrap(schema)
  const def = definition(inner)
  if (def.type === 'object')
    return def.catchall && definition(def.catchall as z.ZodType).type !== 'never' ? 'any' : Object.keys(def.shape)
  if (def.type === 'record' || def.type === 'any' || def.type === 'unknown') return 'any'
  if (def.type !== 'union') return []
  const members = def.options.map((member) => fieldsOf(member as z.ZodType))
  return members.includes('any') ? 'any' : [...new Set((members as string[][]).flat())]
}

/** The type at a path of names and list positions, undefined when there is none. */
export function fieldOf(schema: z.ZodType, path: readonly string[]): z.ZodType | undefined {
  if (path.length === 0) return schema
  const def = definition(unwrap(schema))
  const [key, ...rest] = path
  let next: z.ZodType | undefined
  if (def.type === 'object')
    next = Object.hasOwn(def.shape, key) ? (def.shape[key] as z.ZodType) : (def.catchall as z.ZodType)
  else if (def.type === 'record') next = def.valueType as z.ZodType
  else if (def.type === 'array') next = def.element as z.ZodType
  else if (def.type === 'tuple') next = (def.items[Number(key)] ?? def.rest ?? undefined) as z.ZodType | undefined
  else if (def.type === 'any' || def.type === 'unknown') next = z.any()
  else if (def.type === 'union') {
    const fitting = def.options
      .map((member) => fieldOf(member as z.ZodType, [key]))
      .filter((member) => member !== undefined)
    next = fitting.length > 1 ? z.union(fitting) : fitting[0]
  }
  return next && fieldOf(next, rest)
}

/** Whether the option may be left out. */
export function isOptional(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).success
}

/** The accepted values in words. */
export function typeText(schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  return jsonText(json)
}

interface JsonSchema {
  type?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  multipleOf?: number
  minItems?: number
  maxItems?: number
  minLength?: number
  pattern?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  items?: JsonSchema
  prefixItems?: JsonSchema[]
  properties?: Record<string, JsonSchema>
}

function jsonText(json: JsonSchema): string {
  if (json.enum) return `one of ${json.enum.join(', ')}`
  if (json.const !== undefined) return String(json.const)
  const members = json.anyOf ?? json.oneOf
  if (members) return members.map(jsonText).join(', or ')
  switch (json.type) {
    case 'integer':
    case 'number':
      return json.type + rangeText(json)
    case 'boolean':
      return 'true or false'
    case 'string':
      if (json.pattern) return `text of the form ${json.pattern}`
      return json.minLength ? 'text, not empty' : 'text'
    case 'null':
      return 'none'
    case 'array':
      return listText(json)
    case 'object':
      return json.properties ? `values for ${Object.keys(json.properties).join(', ')}` : 'names with values'
    default:
      return 'any value'
  }
}

function rangeText(json: JsonSchema): string {
  const low = json.minimum === Number.MIN_SAFE_INTEGER ? undefined : json.minimum
  const high = json.maximum === Number.MAX_SAFE_INTEGER ? undefined : json.maximum
  const { exclusiveMinimum: above, exclusiveMaximum: below, multipleOf: factor } = json
  const multiple = factor === undefined ? '' : `, a multiple of ${factor}`
  if (low !== undefined && high !== undefined) return ` from ${low} to ${high}${multiple}`
  const limits = { '>=': low, '>': above, '<=': high, '<': below }
  const stated = Object.entries(limits).filter(([, limit]) => limit !== undefined)
  return stated.map(([sign, limit], i) => `${i > 0 ? ' and' : ''} ${sign} ${limit}`).join('') + multiple
}

function listText({ items, prefixItems, minItems, maxItems }: JsonSchema): string {
  if (prefixItems) return `list of ${prefixItems.length}: ${prefixItems.map(jsonText).join('; ')}`
  let count = ''
  if (minItems !== undefined && minItems === maxItems) count = `${minItems} `
  else if (minItems !== undefined && maxItems !== undefined) count = `${minItems} to ${maxItems} `
  else if (minItems !== undefined) count = `at least ${minItems} `
  else if (maxItems !== undefined) count = `at most ${maxItems} `
  return `list of ${count}values, each ${items ? jsonText(items) : 'any value'}`
}
