import { OssatureError } from '../../errors.ts'
import { readPickleAt } from '../pickle/pickle.ts'
import { describeValue, type PickleCall, type PickleValue } from '../pickle/values.ts'
import { StorageTable, storageReference, TORCH_GLOBALS } from './globals.ts'
import type { TorchStorage } from './tensor.ts'

/** `torch.serialization.MAGIC_NUMBER`. */
const MAGIC = 0x1950a86a20f9469cfc6cn
const PROTOCOL = 1001

const MIB = 2 ** 20

/** How a file in the old form begins: protocol 2, then the magic number as an integer of ten bytes. */
const BEGINNING = Uint8Array.of(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e)

/** Whether the bytes begin like a checkpoint of PyTorch before 1.6. */
export function isLegacyTorch(bytes: Uint8Array): boolean {
  return BEGINNING.every((byte, at) => bytes[at] === byte)
}

/**
 * A checkpoint in the form that PyTorch wrote before 1.6: pickles of magic number, protocol, facts about the system, the
 * value, and the keys of its storages; then for each key the number of elements and the elements.
 *
 * @throws OssatureError
 */
export function readLegacyTorch(bytes: Uint8Array, where: string): PickleValue {
  const storages = new StorageTable()
  const persistent = (id: PickleValue, call: PickleCall) => storageOf(storages, id, call, where)
  let end = 0
  const next = (memory: number): PickleValue => {
    const read = readPickleAt(bytes, end, { where, globals: TORCH_GLOBALS, persistent, limits: { memory } })
    end = read.end
    return read.value
  }
  expectValue(next(MIB), MAGIC, where)
  expectValue(next(MIB), PROTOCOL, where)
  const littleEndian = byteOrder(next(MIB), where)
  const value = next(bytes.length + 32 * MIB)
  const keys = next(24 * MIB)
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string')) {
    throw damaged(where, 'a list of the keys of storages', describeValue(keys))
  }
  readStorages(bytes, end, keys as string[], storages, littleEndian, where)
  return value
}

function readStorages(
  bytes: Uint8Array,
  start: number,
  keys: readonly string[],
  { storages }: StorageTable,
  littleEndian: boolean,
  where: string,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const left = new Map(storages)
  let at = start
  for (const key of keys) {
    const storage = left.get(key)
    if (!storage) throw damaged(where, 'every storage once, and used by a tensor', `storage ${describeValue(key)}`)
    left.delete(key)
    if (at + 8 > bytes.length)
      throw damaged(where, `the length of storage ${describeValue(key)} at byte ${at}`, 'the end of the file')
    const length = view.getBigInt64(at, littleEndian)
    if (length !== BigInt(storage.length)) {
      throw damaged(where, `${storage.length} elements in storage ${describeValue(key)} at byte ${at}`, `${length}`)
    }
    const from = at + 8
    at = from + storage.byteLength
    if (at > bytes.length) throw damaged(where, `${at} bytes`, `${bytes.length} bytes`)
    supply(storage, bytes.subarray(from, at), littleEndian)
  }
  if (left.size > 0)
    throw damaged(where, `storage ${describeValue([...left.keys()][0])}`, 'no such storage in the file')
  if (at !== bytes.length) throw damaged(where, `${at} bytes`, `${bytes.length} bytes`)
}

function supply(storage: TorchStorage, elements: Uint8Array, littleEndian: boolean): void {
  storage.load = () => elements
  storage.littleEndian = littleEndian
}

/** A storage may be written as a part of another: (key, offset, length), which PyTorch has not done since 0.4. */
function storageOf(storages: StorageTable, id: PickleValue, call: PickleCall, where: string): PickleValue {
  const reference = storageReference(id, call)
  if (reference.view !== null) {
    throw call.refused(
      'whole storages',
      'a part of a storage',
      'Load it in a current PyTorch and save it again with torch.save.',
    )
  }
  return storages.get(reference, call, () => {
    throw damaged(where, `storage ${describeValue(reference.key)}`, 'no such storage in the file')
  })
}

function byteOrder(facts: PickleValue, where: string): boolean {
  const littleEndian = facts instanceof Map ? facts.get('little_endian') : undefined
  if (typeof littleEndian !== 'boolean') throw damaged(where, 'facts about the byte order', describeValue(facts))
  return littleEndian
}

function expectValue(found: PickleValue, expected: number | bigint, where: string): void {
  if (found !== expected) throw damaged(where, String(expected), describeValue(found))
}

function damaged(where: string, expected: string, found: string): OssatureError {
  return new OssatureError('this is not a valid checkpoint of PyTorch before 1.6', {
    where,
    expected,
    found,
    hint: 'The file is damaged, incomplete or of another format.',
  })
}
