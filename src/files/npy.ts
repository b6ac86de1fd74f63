import { OssatureError } from '../errors.ts'
import {
  decodeElementView,
  denseStrides,
  ELEMENT_BYTES,
  type ElementArray,
  elementCount,
  NUMPY_TYPES,
} from './array-elements.ts'

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/** More axes than any data set has. */
const MOST_AXES = 8

/** An array of a `.npy` file. */
export interface NpyArray {
  readonly shape: readonly number[]
  /** Elements in row-major order, decoded when asked for. @throws OssatureError when they are text */
  data(): ElementArray
  /** Elements `from` to `to - 1` of row-major order, when the file holds them so; else a piece of `data()`. */
  range(from: number, to: number): ElementArray
}

/**
 * An array in the format `.npy` (NumPy enhancement proposal 1), versions 1 to 3. Of arrays of text the shape is read. Arrays of Python objects, which are
 * pickles, are refused.
 *
 * @param where name of the file for messages
 * @throws OssatureError when it is damaged, or of a type that is not read
 */
export function readNpy(bytes: Uint8Array, where: string): NpyArray {
  const { header, start } = readHeader(bytes, where)
  const { descr, fortranOrder, shape } = parseHeader(header, where)
  const match = /^([<>|=])([a-zA-Z])(\d{1,9})$/.exec(descr)
  if (!match) throw refusedType(descr, where)
  const [, order, kind, length] = match
  const text = kind === 'U' || kind === 'S'
  const key = kind + length
  if (!text && !Object.hasOwn(NUMPY_TYPES, key)) throw refusedType(descr, where)
  const size = kind === 'U' ? 4 * Number(length) : kind === 'S' ? Number(length) : ELEMENT_BYTES[NUMPY_TYPES[key]]
  const count = elementCount(shape)
  if (bytes.length - start !== count * size) {
    throw new OssatureError('the file does not have as many bytes as its shape needs', {
      where,
      expected: `${count * size} bytes for (${shape.join(', ')}) of ${descr}`,
      found: `${bytes.length - start}`,
      hint: 'Copy or download it again.',
    })
  }
  const elements = bytes.subarray(start)
  const littleEndian = order !== '>'
  const data = () => {
    if (text)
      throw new OssatureError('the array has elements of another kind', { where, expected: 'numbers', found: descr })
    const strides = denseStrides(shape, fortranOrder)
    return decodeElementView(elements, { type: NUMPY_TYPES[key], shape, strides, offset: 0, littleEndian })
  }
  return {
    shape,
    data,
    range(from, to) {
      if (text || fortranOrder) return data().subarray(from, to) as ElementArray
      const view = { type: NUMPY_TYPES[key], shape: [to - from], strides: [1], offset: from, littleEndian }
      return decodeElementView(elements, view)
    },
  }
}

function readHeader(bytes: Uint8Array, where: string): { header: string; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = bytes[6]
  if (bytes.length < 12 || !MAGIC.every((byte, i) => bytes[i] === byte) || version < 1 || version > 3) {
    throw new OssatureError('this is no array of NumPy', { where, expected: 'a file .npy of version 1 to 3' })
  }
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  const from = version === 1 ? 10 : 12
  if (from + length > bytes.length || length > 65_536) throw damagedHeader(where, `a header of ${length} bytes`)
  return { header: new TextDecoder().decode(bytes.subarray(from, from + length)), start: from + length }
}

/** `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`, the keys in any order. */
function parseHeader(header: string, where: string) {
  const entry = String.raw`\s*(?:'descr'\s*:\s*'(?<descr>[^']{1,20})'|'fortran_order'\s*:\s*(?<order>True|False)|'shape'\s*:\s*\((?<shape>[\dL,\s]*)\))\s*`
  const parts = /^\s*\{(.*)\}\s*$/s.exec(header)?.[1] ?? ''
  const found: Record<string, string> = {}
  const pattern = new RegExp(`${entry}(,|$)`, 'y')
  while (pattern.lastIndex < parts.trimEnd().length) {
    const match = pattern.exec(parts)
    if (!match) throw damagedHeader(where, header.trim().slice(0, 120))
    for (const [key, value] of Object.entries(match.groups!)) {
      if (value === undefined) continue
      if (Object.hasOwn(found, key)) throw damagedHeader(where, `${key} twice`)
      found[key] = value
    }
  }
  if (!['descr', 'order', 'shape'].every((key) => Object.hasOwn(found, key))) {
    throw damagedHeader(where, header.trim().slice(0, 120))
  }
  const shape = found.shape
    .split(',')
    .map((length) => length.trim().replace(/L$/, ''))
    .filter((length) => length !== '')
    .map(Number)
  if (
    shape.length > MOST_AXES ||
    !shape.every((length) => Number.isSafeInteger(length)) ||
    !(elementCount(shape) < 2 ** 48)
  ) {
    throw damagedHeader(where, `the shape (${found.shape.slice(0, 100)})`)
  }
  return { descr: found.descr, fortranOrder: found.order === 'True', shape }
}

function damagedHeader(where: string, found: string): OssatureError {
  return new OssatureError('the header of the array is damaged', {
    where,
    expected: "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4)}",
    found,
  })
}

function refusedType(descr: string, where: string): OssatureError {
  const objects = /O/.test(descr)
  return new OssatureError('elements of this type are not read', {
    where,
    expected: `numbers (${Object.keys(NUMPY_TYPES).join(', ')})`,
    found: descr,
    hint: objects ? 'Arrays of Python objects are programs in disguise. Save arrays of numbers in Python.' : undefined,
  })
}
