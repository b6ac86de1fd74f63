import { decodeElements, ELEMENT_BYTES, type ElementType } from '../array-elements.ts'

/** Elements of a tensor as they are handed out. */
export type TensorData = Float64Array | Float32Array | BigInt64Array | Int32Array | Uint8Array

/** Element types that this package reads, and under which names they are known elsewhere. */
const ELEMENT_TYPES = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  I64: 'int64',
  I32: 'int32',
  U8: 'uint8',
  BOOL: 'bool',
} as const satisfies Record<string, ElementType>

/** An element type that this package reads; F16 is widened to Float32Array and is never written. */
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
export function dtypeOf(data: TensorData): Exclude<SafetensorsDtype, 'F16' | 'BOOL'> {
  if (data instanceof Float32Array) return 'F32'
  if (data instanceof Float64Array) return 'F64'
  if (data instanceof BigInt64Array) return 'I64'
  if (data instanceof Int32Array) return 'I32'
  return 'U8'
}

/** The elements in little-endian bytes. A view of `bytes` where alignment allows, else a copy; F16 becomes Float32Array. */
export function decodeTensorData(dtype: SafetensorsDtype, bytes: Uint8Array): TensorData {
  return decodeElements(ELEMENT_TYPES[dtype], bytes) as TensorData
}
