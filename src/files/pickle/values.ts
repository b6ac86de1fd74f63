/**
 * What a pickle can hold: None is null, an integer beyond 2^53 a bigint, bytes and bytearray Uint8Array, a dictionary a
 * Map. Globals of the caller's table add objects of their own.
 */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | PickleTuple
  | Map<PickleValue, PickleValue>
  | Set<PickleValue>
  | PickleText
  | PickleObject
  | PickleGlobal

/** A tuple of Python; nothing can be appended to it while a pickle is read. */
export class PickleTuple extends Array<PickleValue> {}

/**
 * Long text as it stands in the file, in UTF-8. Old protocols write the bytes of an array as text; to decode it would
 * take twice the memory. Only constructors meet it: in the value that is handed out, it is a string.
 */
export class PickleText {
  readonly utf8: Uint8Array

  constructor(utf8: Uint8Array) {
    this.utf8 = utf8
  }
}

/** An object that a global of the caller's table made. */
export abstract class PickleObject {
  /** Values inside, which are checked for depth and circles. */
  parts(): Iterable<PickleValue> {
    return []
  }

  /** Takes the state that the pickle gives (opcode BUILD). */
  setState(_state: PickleValue, call: PickleCall): void {
    throw call.refused('an object without state', 'a state')
  }
}

/** What a constructor of a table may ask for while a pickle is read. */
export interface PickleCall {
  /** Counts memory that the constructor is about to use. @throws OssatureError beyond the limit */
  use(bytes: number): void
  /** Counts elements of a tensor or array. @throws OssatureError beyond the limit */
  useElements(bytes: number): void
  /** Decodes text; null for any other value. */
  text(value: PickleValue): string | null
  /** An error for people at the place of the call. */
  refused(expected: string, found: string, hint?: string): Error
}

/** A name that pickles may refer to. Everything that it does is code of this package: nothing of the file is run. */
export class PickleGlobal {
  readonly name: string
  /** The value of a call (opcodes REDUCE and NEWOBJ); absent: it is data only. */
  readonly call: ((args: readonly PickleValue[], call: PickleCall) => PickleValue) | undefined

  /** @param name module and name, `collections.OrderedDict` */
  constructor(name: string, call?: (args: readonly PickleValue[], call: PickleCall) => PickleValue) {
    this.name = name
    this.call = call
  }
}

/** Allowed names, `module.name`, with what they stand for. */
export type PickleGlobals = ReadonlyMap<string, PickleValue>

/** A table with these globals under their own names. */
export function globalsOf(...globals: readonly PickleGlobal[]): PickleGlobals {
  return new Map(globals.map((global) => [global.name, global]))
}

/** What a value is, for messages. */
export function describeValue(value: PickleValue | undefined): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'None'
  if (value instanceof PickleTuple) return `a tuple of ${value.length}`
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (value instanceof Map) return `a dictionary of ${value.size}`
  if (value instanceof Set) return `a set of ${value.size}`
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (value instanceof PickleText) return 'text'
  if (value instanceof PickleGlobal) return value.name
  if (value instanceof PickleObject) return 'an object'
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value)
  return String(value)
}

/** The numbers of a tuple of lengths, at most 32 of them from 0 to 2^53 - 1; undefined for anything else. */
export function naturals(value: PickleValue | undefined): number[] | undefined {
  if (!(value instanceof PickleTuple) || value.length > 32) return undefined
  return value.every((n) => isNatural(n)) ? (Array.from(value) as number[]) : undefined
}

export function isNatural(value: PickleValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
