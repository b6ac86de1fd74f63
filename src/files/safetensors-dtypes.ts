/** Element types that this package reads; F16 is widened to Float32Array and is never written. */
export type SafetensorsDtype = 'F64' | 'F32' | 'F16' | 'I64' | 'I32' | 'U8' | 'BOOL'

export type TensorData = Float64Array | Float32Array | BigInt64Array | Int32Array | Uint8Array

/** Bytes per element. */
export const DTYPE_BYTES: Readonly<Record<SafetensorsDtype, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  I64: 8,
  I32: 4,
  U8: 1,
  BOOL: 1,
}

export function isSafetensorsDtype(text: string): text is SafetensorsDtype {
  return Object.hasOwn(DTYPE_BYTES, text)
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
export function decodeElements(dtype: SafetensorsDtype, bytes: Uint8Array): TensorData {
  if (dtype === 'U8' || dtype === 'BOOL') return bytes
  const size = DTYPE_BYTES[dtype]
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes)
  const from = [aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.byteLength / size] as const
  switch (dtype) {
    case 'F64':
      return new Float64Array(...from)
    case 'F32':
      return new Float32Array(...from)
    case 'I64':
      return new BigInt64Array(...from)
    case 'I32':
      return new Int32Array(...from)
    case 'F16':
      return Float32Array.from(new Uint16Array(...from), halfToNumber)
  }
}

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
