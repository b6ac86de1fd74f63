import { OssatureError } from '../../errors.ts'
import type { ElementArray } from '../array-elements.ts'
import { bytesOf, decodeTensorData, dtypeOf, type SafetensorsDtype } from './dtypes.ts'
import { byteSize, damaged, headerLength, PREFIX_BYTES, parseHeader } from './header.ts'

/** A tensor as it stands in a file. `dtype` F16 and BF16 come with the values widened to float32. */
export interface StoredTensor {
  readonly dtype: SafetensorsDtype
  readonly shape: readonly number[]
  readonly data: ElementArray
}

/** A tensor to write; the type of `data` decides its dtype (Uint8Array: U8). */
export interface TensorToWrite {
  readonly shape: readonly number[]
  readonly data: ElementArray
}

export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>
  readonly metadata: ReadonlyMap<string, string>
}

/**
 * Reads a safetensors file (format: README of huggingface/safetensors) and treats it as hostile: lengths, ranges and
 * dtype times shape are checked before anything is used; gaps, overlaps, trailing bytes and doubled keys are refused.
 * Values are not looked at (NaN passes), except that BOOL bytes must be 0 or 1.
 * Tensors are views of `bytes` where alignment allows.
 *
 * @param where name of the file for messages
 * @throws OssatureError
 */
export function readSafetensors(bytes: Uint8Array, where = 'safetensors'): Safetensors {
  const length = headerLength(bytes.subarray(0, PREFIX_BYTES), bytes.length, where)
  const data = bytes.subarray(PREFIX_BYTES + length)
  const header = parseHeader(bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + length), data.length, where)
  const tensors = new Map<string, StoredTensor>()
  for (const { name, dtype, shape, begin, end } of header.entries.values()) {
    tensors.set(name, { dtype, shape, data: decodeTensor(name, dtype, data.subarray(begin, end), where) })
  }
  return { tensors, metadata: header.metadata }
}

/** The elements of a tensor. @throws OssatureError for BOOL bytes other than 0 and 1 */
export function decodeTensor(name: string, dtype: SafetensorsDtype, bytes: Uint8Array, where: string): ElementArray {
  if (dtype === 'BOOL') {
    const at = bytes.findIndex((value) => value > 1)
    if (at >= 0) throw damaged(where, `0 or 1 in BOOL tensor '${name}'`, `${bytes[at]} at element ${at}`)
  }
  return decodeTensorData(dtype, bytes)
}

/**
 * A safetensors file with these tensors. Wide element types come first, so that every tensor is aligned; among equals
 * the given order stays. The same arguments give the same bytes.
 *
 * @throws OssatureError when a shape does not fit its data
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, TensorToWrite> | Readonly<Record<string, TensorToWrite>>,
  metadata: ReadonlyMap<string, string> | Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const items = (isMap(tensors) ? [...tensors] : Object.entries(tensors)).map(([name, tensor]) => {
    const dtype = dtypeOf(tensor.data)
    checkWritable(name, dtype, tensor)
    return { name, dtype, shape: tensor.shape, data: tensor.data }
  })
  items.sort((a, b) => bytesOf(b.dtype) - bytesOf(a.dtype))
  const head = encodeHeader(items, metadata)
  const total = items.reduce((sum, { data }) => sum + data.byteLength, head.length)
  const file = new Uint8Array(total)
  file.set(head)
  let position = head.length
  for (const { data } of items) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position)
    position += data.byteLength
  }
  return file
}

/**
 * The first bytes of a safetensors file: length and header for tensors that follow in this order.
 *
 * @param atLeast pads the result with spaces to this many bytes (a multiple of 8), so that a header can be written last
 */
export function encodeHeader(
  tensors: readonly { name: string; dtype: SafetensorsDtype; shape: readonly number[] }[],
  metadata: ReadonlyMap<string, string> | Readonly<Record<string, string>> = {},
  atLeast = 0,
): Uint8Array<ArrayBuffer> {
  const pairs = isMap(metadata) ? [...metadata] : Object.entries(metadata)
  const parts = pairs.length ? [`"__metadata__":${JSON.stringify(Object.fromEntries(pairs))}`] : []
  let position = 0
  for (const { name, dtype, shape } of tensors) {
    const end = position + byteSize(dtype, shape)
    parts.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [position, end] })}`)
    position = end
  }
  const text = new TextEncoder().encode(`{${parts.join(',')}}`)
  const total = Math.max(Math.ceil((PREFIX_BYTES + text.length) / 8) * 8, atLeast)
  const head = new Uint8Array(total).fill(0x20)
  new DataView(head.buffer).setBigUint64(0, BigInt(total - PREFIX_BYTES), true)
  head.set(text, PREFIX_BYTES)
  return head
}

function checkWritable(name: string, dtype: SafetensorsDtype, { shape, data }: TensorToWrite): void {
  const where = `tensor '${name}'`
  if (name === '__metadata__') throw new OssatureError("a tensor cannot be called '__metadata__'")
  if (!shape.every((length) => Number.isSafeInteger(length) && length >= 0)) {
    throw new OssatureError('the shape is not a list of lengths', { where, found: `[${shape.join(', ')}]` })
  }
  if (byteSize(dtype, shape) !== data.byteLength) {
    const expected = `${byteSize(dtype, shape) / bytesOf(dtype)} elements for shape [${shape.join(', ')}]`
    throw new OssatureError('the shape does not fit the data', { where, expected, found: `${data.length} elements` })
  }
}

function isMap<T>(value: ReadonlyMap<string, T> | Readonly<Record<string, T>>): value is ReadonlyMap<string, T> {
  return value instanceof Map
}
