import { decodeElements, ELEMENT_BYTES, type ElementArray, type ElementType } from '../array-elements.ts'

/** Element types that this package reads, and under which names they are known elsewhere. */
const ELEMENT_TYPES = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U64: 'uint64',
  U32: 'uint32',
  U16: 'uint16',
  U8: 'uint8',
  BOOL: 'bool',
} as const satisfies Record<string, ElementType>

/** An element type that this package reads; F16 and BF16 are widened to Float32Array. */
export type SafetensorsDtype = keyof typeof ELEMENT_TYPES

/** Bytes of an element. */
export const bytesOf = (dtype: SafetensorsDtype): number => ELEMENT_BYTES[ELEMENT_TYPES[dtype]]

/** The dtypes that are read. */
export const DTYPES = Object.keys(ELEMENT_TYPES) as readonly SafetensorsDtype[]

/** Whether elements of this name are read. */
export function isSafetensorsDtype(text: string): text is SafetensorsDtype {
  return Object.hasOwn(ELEMENT_TYPES, text)
}

/** The dtype that the elements of a typed array have in a file; Uint8Array counts as U8. */
export function dtypeOf(data: ElementArray): SafetensorsDtype {
  if (data instanceof Float32Array) return 'F32'
  if (data instanceof Float64Array) return 'F64'
  if (data instanceof BigInt64Array) return 'I64'
  if (data instanceof Int32Array) return 'I32'
  if (data instanceof Int16Array) return 'I16'
  if (data instanceof Int8Array) return 'I8'
  if (data instanceof BigUint64Array) return 'U64'
  if (data instanceof Uint32Array) return 'U32'
  if (data instanceof Uint16Array) return 'U16'
  return 'U8'
}

/**
 * The elements in little-endian bytes. A view of `bytes` where alignment allows, else a copy; F16 and BF16 become
 * Float32Array.
 */
export function decodeTensorData(dtype: SafetensorsDtype, bytes: Uint8Array): ElementArray {
  return decodeElements(ELEMENT_TYPES[dtype], bytes)
}
