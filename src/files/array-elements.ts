/** Types of elements in the arrays of NumPy, the tensors of PyTorch and safetensors files. */
export type ElementType = keyof typeof ELEMENT_BYTES

/** Bytes per element. */
export const ELEMENT_BYTES = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint64: 8,
  uint32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
} as const

/** The codes of NumPy for types of elements, without byte order. */
export const NUMPY_TYPES: Readonly<Record<string, ElementType>> = {
  ...{ f2: 'float16', f4: 'float32', f8: 'float64', b1: 'bool' },
  ...{ i1: 'int8', i2: 'int16', i4: 'int32', i8: 'int64', u1: 'uint8', u2: 'uint16', u4: 'uint32', u8: 'uint64' },
}

/** Decoded elements: float16 and bfloat16 are widened to float32, bool is 0 or 1. */
export type ElementArray =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array

/** The elements as numbers; integers of 64 bits beyond 2^53 are rounded. */
export function toNumbers(values: ElementArray): Exclude<ElementArray, BigInt64Array | BigUint64Array> {
  if (!(values instanceof BigInt64Array) && !(values instanceof BigUint64Array)) return values
  return Float64Array.from(values as Iterable<bigint>, Number)
}

/** A view of elements that lie in bytes: the element (i, j, ...) is at `offset + i * strides[0] + j * strides[1] + ...`. */
export interface ElementView {
  readonly type: ElementType
  readonly shape: readonly number[]
  /** In elements. */
  readonly strides: readonly number[]
  readonly offset: number
  readonly littleEndian: boolean
}

/** Elements of an array of this shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.includes(0) ? 0 : shape.reduce((product, length) => product * length, 1)
}

/** Strides of a tensor whose last axis (or, for Fortran order, first axis) is the one that runs fastest. */
export function denseStrides(shape: readonly number[], fortranOrder = false): number[] {
  const strides = new Array<number>(shape.length)
  let stride = 1
  for (let i = 0; i < shape.length; i++) {
    const axis = fortranOrder ? i : shape.length - 1 - i
    strides[axis] = stride
    stride *= Math.max(1, shape[axis])
  }
  return strides
}

/** How many elements the bytes must have so that the view lies inside; Infinity beyond exact integers. */
export function elementsNeeded({ shape, strides, offset }: Omit<ElementView, 'type' | 'littleEndian'>): number {
  if (shape.includes(0)) return offset
  const last = shape.reduce((at, length, axis) => at + (length - 1) * strides[axis], offset)
  return last < Number.MAX_SAFE_INTEGER ? last + 1 : Number.POSITIVE_INFINITY
}

/** The elements of a view in row-major order. A view of `bytes` where they lie so and alignment allows, else a copy. */
export function decodeElementView(bytes: Uint8Array, view: ElementView): ElementArray {
  const { type, shape, strides, offset, littleEndian } = view
  const size = ELEMENT_BYTES[type]
  const count = elementCount(shape)
  const dense = denseStrides(shape)
  const inPlace = shape.every((length, axis) => length <= 1 || strides[axis] === dense[axis])
  const run = inPlace || count === 0 ? bytes.subarray(offset * size, (offset + count) * size) : gathered(bytes, view)
  return decodeElements(type, littleEndian || size === 1 ? run : swapped(run, size))
}

/** The bytes of the elements of a view, one after another. */
function gathered(bytes: Uint8Array, { type, shape, strides, offset }: ElementView): Uint8Array {
  const size = ELEMENT_BYTES[type]
  const result = new Uint8Array(elementCount(shape) * size)
  const index = new Array<number>(shape.length).fill(0)
  let from = offset * size
  for (let to = 0; to < result.length; to += size) {
    for (let byte = 0; byte < size; byte++) result[to + byte] = bytes[from + byte]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis] * size
      if (++index[axis] < shape[axis]) break
      from -= strides[axis] * size * shape[axis]
      index[axis] = 0
    }
  }
  return result
}

function swapped(bytes: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at += size) {
    for (let byte = 0; byte < size; byte++) result[at + byte] = bytes[at + size - 1 - byte]
  }
  return result
}

/** Elements from little-endian bytes: a view of them where alignment allows, else a copy; see `ElementArray`. */
export function decodeElements(type: ElementType, bytes: Uint8Array): ElementArray {
  const size = ELEMENT_BYTES[type]
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes)
  const from = [aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.byteLength / size] as const
  switch (type) {
    case 'float64':
      return new Float64Array(...from)
    case 'float32':
      return new Float32Array(...from)
    case 'float16':
      return Float32Array.from(new Uint16Array(...from), halfToNumber)
    case 'bfloat16':
      // The upper half of a float32.
      return new Float32Array(Uint32Array.from(new Uint16Array(...from), (bits) => bits << 16).buffer)
    case 'int64':
      return new BigInt64Array(...from)
    case 'uint64':
      return new BigUint64Array(...from)
    case 'int32':
      return new Int32Array(...from)
    case 'uint32':
      return new Uint32Array(...from)
    case 'int16':
      return new Int16Array(...from)
    case 'uint16':
      return new Uint16Array(...from)
    case 'int8':
      return new Int8Array(...from)
    case 'uint8':
      return new Uint8Array(...from)
    case 'bool':
      // Python takes every byte but 0 for true.
      return aligned.some((value) => value > 1) ? aligned.map((value) => Math.min(value, 1)) : aligned
  }
}

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
