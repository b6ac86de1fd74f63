import { Unzlib } from 'fflate'
import { OssatureError } from '../../errors.ts'
import type { MatValue } from './values.ts'

/** Types of data elements. */
const MATRIX = 14
const COMPRESSED = 15

const READ: Readonly<Record<number, { bytes: number; read: (view: DataView, at: number, le: boolean) => number }>> = {
  1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  2: { bytes: 1, read: (view, at) => view.getUint8(at) },
  3: { bytes: 2, read: (view, at, le) => view.getInt16(at, le) },
  4: { bytes: 2, read: (view, at, le) => view.getUint16(at, le) },
  5: { bytes: 4, read: (view, at, le) => view.getInt32(at, le) },
  6: { bytes: 4, read: (view, at, le) => view.getUint32(at, le) },
  7: { bytes: 4, read: (view, at, le) => view.getFloat32(at, le) },
  9: { bytes: 8, read: (view, at, le) => view.getFloat64(at, le) },
  12: { bytes: 8, read: (view, at, le) => Number(view.getBigInt64(at, le)) },
  13: { bytes: 8, read: (view, at, le) => Number(view.getBigUint64(at, le)) },
  16: { bytes: 1, read: (view, at) => view.getUint8(at) },
  17: { bytes: 2, read: (view, at, le) => view.getUint16(at, le) },
}

/** Classes of arrays. */
const CELL = 1
const STRUCT = 2
const CHAR = 4
const FIRST_NUMERIC = 6
const LAST_NUMERIC = 15
const CLASS_NAMES: Readonly<Record<number, string>> = {
  3: 'an object',
  5: 'a sparse array',
  16: 'a function',
  17: 'an object',
}
const COMPLEX = 0x08

const MOST_DEPTH = 32
/** Bytes that a value takes at least, so that many empty ones count. */
const VALUE_BYTES = 200

/** What the values may take beside the file. */
const ALLOWANCE = 48 * 2 ** 20

interface Context {
  readonly littleEndian: boolean
  readonly where: string
}

interface Element {
  readonly type: number
  readonly start: number
  readonly end: number
}

/** Walks the data elements of a MATLAB file of level 5. */
export class MatElements {
  private bytes: Uint8Array
  private view: DataView
  private at: number
  private room: number
  /** For messages: where the bytes come from. */
  private inside = ''
  private readonly context: Context

  constructor(bytes: Uint8Array, start: number, context: Context) {
    this.bytes = bytes
    this.view = viewOf(bytes)
    this.at = start
    this.room = 2 * bytes.length + ALLOWANCE
    this.context = context
  }

  variables(): Map<string, MatValue> {
    const found = new Map<string, MatValue>()
    const { bytes, view } = this
    while (this.at < bytes.length) {
      const element = this.element(bytes.length, false)
      const after = this.at
      const variable = element.type === COMPRESSED ? this.compressed(element) : this.matrix(element, 0)
      // What was inflated is not needed any more.
      if (this.bytes !== bytes) this.room += this.bytes.length
      this.bytes = bytes
      this.view = view
      this.inside = ''
      this.at = after
      if (variable.name === '') continue
      if (found.has(variable.name)) throw this.damaged('every variable once', `'${variable.name.slice(0, 60)}' again`)
      found.set(variable.name, variable.value)
    }
    return found
  }

  private compressed({ start, end }: Element): { name: string; value: MatValue } {
    const place = start
    const inflated = this.inflate(this.bytes.subarray(start, end))
    this.bytes = inflated
    this.view = viewOf(inflated)
    this.at = 0
    this.inside = `, inflated from byte ${place}`
    return this.matrix(this.element(inflated.length, false), 0)
  }

  /** The bytes of a zlib stream, as long as there is room for them. */
  private inflate(packed: Uint8Array): Uint8Array {
    const pieces: Uint8Array[] = []
    let ended = false
    let total = 0
    const stream = new Unzlib((piece, final) => {
      total += piece.length
      if (total > this.room) throw this.tooLarge()
      pieces.push(piece.slice())
      ended ||= final
    })
    try {
      // Piece by piece, so that a stream that inflates to too much is noticed early.
      for (let at = 0; at < packed.length; at += 4096) {
        stream.push(packed.subarray(at, at + 4096), at + 4096 >= packed.length)
      }
    } catch (error) {
      if (error instanceof OssatureError) throw error
      throw this.damaged('deflated data', (error as Error).message)
    }
    if (!ended) throw this.damaged('a complete stream', 'its beginning')
    this.use(total)
    const result = new Uint8Array(total)
    let at = 0
    for (const piece of pieces) {
      result.set(piece, at)
      at += piece.length
    }
    return result
  }

  private matrix({ type, start, end }: Element, depth: number): { name: string; value: MatValue } {
    if (type !== MATRIX) throw this.damaged('an array', `an element of type ${type}`, start)
    if (depth > MOST_DEPTH) throw this.damaged(`at most ${MOST_DEPTH} arrays in each other`, 'more', start)
    this.use(VALUE_BYTES)
    if (start === end) return { name: '', value: { kind: 'numbers', shape: [0, 0], data: new Float64Array(0) } }
    this.at = start
    const flags = this.numbers(this.element(end), 2)
    const kind = flags[0] & 0xff
    const shape = this.shape(this.element(end))
    const name = this.text(this.element(end))
    const value = this.value(kind, (flags[0] >> 8) & 0xff, shape, end, depth)
    this.at = end
    return { name, value }
  }

  private value(kind: number, flags: number, shape: number[], end: number, depth: number): MatValue {
    const count = shape.reduce((product, length) => product * length, 1)
    if (kind >= FIRST_NUMERIC && kind <= LAST_NUMERIC) {
      if (flags & COMPLEX) return { kind: 'other', what: 'complex numbers' }
      return { kind: 'numbers', shape, data: this.numbers(this.element(end), count) }
    }
    if (kind === CHAR) return { kind: 'text', shape, text: this.characters(this.element(end), count) }
    if (kind === CELL) {
      this.atLeast(count, end)
      return { kind: 'cells', shape, cells: Array.from({ length: count }, () => this.inner(end, depth)) }
    }
    if (kind === STRUCT) return { kind: 'structs', shape, structs: this.structs(count, end, depth) }
    return { kind: 'other', what: CLASS_NAMES[kind] ?? `an array of class ${kind}` }
  }

  private structs(count: number, end: number, depth: number): Map<string, MatValue>[] {
    const [length] = this.numbers(this.element(end), 1)
    const { start, end: namesEnd } = this.element(end)
    if (!(length > 0 && length <= 64) || (namesEnd - start) % length !== 0) {
      throw this.damaged('names of fields', `names of ${length} characters`, start)
    }
    const names: string[] = []
    for (let at = start; at < namesEnd; at += length) names.push(this.terminated(at, at + length))
    if (new Set(names).size !== names.length) throw this.damaged('every field once', 'a field twice', start)
    this.atLeast(count * Math.max(1, names.length), end)
    return Array.from({ length: count }, () => new Map(names.map((name) => [name, this.inner(end, depth)])))
  }

  private inner(end: number, depth: number): MatValue {
    const element = this.element(end)
    const after = this.at
    const { value } = this.matrix(element, depth + 1)
    this.at = after
    return value
  }

  /** Every value takes at least 8 bytes, so a count can be checked before room is made for it. */
  private atLeast(count: number, end: number): void {
    if (count * 8 > end - this.at + 8) throw this.damaged(`${count} values`, `${end - this.at} bytes for them`)
  }

  private shape(element: Element): number[] {
    const shape = Array.from(this.numbers(element))
    const count = shape.reduce((product, length) => product * length, 1)
    if (shape.length >= 2 && shape.length <= 16 && shape.every((n) => n >= 0) && count <= 2 ** 40) return shape
    throw this.damaged('two lengths or more', `(${shape.slice(0, 8).join(', ')})`, element.start)
  }

  private numbers({ type, start, end }: Element, count?: number): Float64Array {
    if (!Object.hasOwn(READ, type)) throw this.damaged('numbers', `an element of type ${type}`, start)
    const { bytes, read } = READ[type]
    const found = (end - start) / bytes
    if (!Number.isInteger(found) || (count !== undefined && found !== count)) {
      throw this.damaged(`${count ?? 'whole'} numbers`, `${end - start} bytes of ${bytes} each`, start)
    }
    this.use(found * 8)
    const result = new Float64Array(found)
    for (let i = 0; i < found; i++) result[i] = read(this.view, start + i * bytes, this.context.littleEndian)
    return result
  }

  private text({ start, end }: Element): string {
    return this.terminated(start, end)
  }

  private characters(element: Element, count: number): string {
    this.use(count * 2)
    return Array.from(this.numbers(element), (code) => String.fromCharCode(code))
      .join('')
      .slice(0, count)
  }

  private terminated(start: number, end: number): string {
    const text = new TextDecoder('latin1').decode(this.bytes.subarray(start, end))
    const zero = text.indexOf('\0')
    return zero < 0 ? text : text.slice(0, zero)
  }

  /** The element at the current place, which then is behind it. @param padded whether the next begins at 8 bytes */
  private element(limit: number, padded = true): Element {
    const { littleEndian } = this.context
    if (this.at + 8 > limit) throw this.damaged('another element', 'the end')
    const word = this.view.getUint32(this.at, littleEndian)
    // Up to four bytes stand in the tag itself.
    const small = word >>> 16
    if (small > 0) {
      if (small > 4) throw this.damaged('at most 4 bytes in a small element', `${small}`)
      const start = this.at + 4
      this.at += 8
      return { type: word & 0xffff, start, end: start + small }
    }
    const length = this.view.getUint32(this.at + 4, littleEndian)
    const start = this.at + 8
    const end = start + length
    if (end > limit) throw this.damaged(`${length} bytes`, `${limit - start}`)
    const next = padded || word !== COMPRESSED ? start + Math.ceil(length / 8) * 8 : end
    this.at = Math.min(next, limit)
    return { type: word, start, end }
  }

  private use(bytes: number): void {
    this.room -= bytes
    if (this.room < 0) throw this.tooLarge()
  }

  private tooLarge(): OssatureError {
    return new OssatureError('the file would take too much memory for its size', {
      where: this.context.where,
      hint: 'Save the arrays uncompressed, or in several files.',
    })
  }

  private damaged(expected: string, found: string, at = this.at): OssatureError {
    return new OssatureError('the MATLAB file is damaged', {
      where: `${this.context.where}, byte ${at}${this.inside}`,
      expected,
      found,
    })
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
