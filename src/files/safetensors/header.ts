import { OssatureError } from '../../errors.ts'
import { TextScanner } from '../text-scanner.ts'
import { bytesOf, DTYPES, isSafetensorsDtype, type SafetensorsDtype } from './dtypes.ts'

/** Where a tensor lies. `begin` and `end` count bytes from the start of the data, which follow the header. */
export interface TensorEntry {
  readonly name: string
  readonly dtype: SafetensorsDtype
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

export interface SafetensorsHeader {
  readonly entries: ReadonlyMap<string, TensorEntry>
  readonly metadata: ReadonlyMap<string, string>
}

/** Length of the prefix that holds the header's length. */
export const PREFIX_BYTES = 8

const MAX_HEADER_BYTES = 100_000_000

/** Keeps the memory of a hostile header in proportion to its bytes; real checkpoints have a few thousand tensors. */
const MAX_TENSORS = 65_536

const MAX_AXES = 32

/** Reads the header's length from the first eight bytes and checks it against the size of the file. */
export function headerLength(prefix: Uint8Array, fileBytes: number, where: string): number {
  if (prefix.length < PREFIX_BYTES) throw damaged(where, 'at least 8 bytes', `${prefix.length} bytes`)
  const length = new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true)
  if (length > MAX_HEADER_BYTES)
    throw damaged(where, `a header of at most ${MAX_HEADER_BYTES} bytes`, `${length} bytes`)
  if (PREFIX_BYTES + Number(length) > fileBytes) {
    throw damaged(where, `a header of ${length} bytes after the first 8`, `a file of ${fileBytes} bytes`)
  }
  return Number(length)
}

/**
 * Parses and checks a safetensors header: only the grammar of the format (no other JSON), every tensor's range equal to
 * dtype times shape, ranges that fill the `dataBytes` after the header without gap or overlap, no name twice.
 *
 * @throws OssatureError naming `where` and the tensor or the byte of the header
 */
export function parseHeader(bytes: Uint8Array, dataBytes: number, where: string): SafetensorsHeader {
  if (bytes[0] !== 0x7b) throw damaged(where, "a header that starts with '{'", `byte ${bytes[0] ?? 'missing'}`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw damaged(where, 'a header in UTF-8', 'bytes that are not UTF-8')
  }
  const scanner = new TextScanner(text, `${where}, header`)
  const entries = new Map<string, TensorEntry>()
  let metadata: Map<string, string> | undefined
  scanner.object((key) => {
    if (key === '__metadata__') {
      if (metadata) throw damaged(where, 'every key once', "'__metadata__' twice")
      metadata = readMetadata(scanner, where)
      return
    }
    if (entries.has(key)) throw damaged(where, 'every key once', `'${key}' twice`)
    if (entries.size === MAX_TENSORS) throw damaged(where, `at most ${MAX_TENSORS} tensors`, 'more')
    entries.set(key, readEntry(key, scanner, where))
  })
  scanner.end()
  checkCoverage([...entries.values()], dataBytes, where)
  return { entries, metadata: metadata ?? new Map() }
}

function readMetadata(scanner: TextScanner, where: string): Map<string, string> {
  const metadata = new Map<string, string>()
  scanner.object((key) => {
    if (metadata.has(key)) throw damaged(where, 'every metadata key once', `'${key}' twice`)
    metadata.set(key, scanner.string())
  })
  return metadata
}

function readEntry(name: string, scanner: TextScanner, where: string): TensorEntry {
  let dtype: string | undefined
  let shape: number[] | undefined
  let offsets: number[] | undefined
  scanner.object((key) => {
    if (key === 'dtype' && dtype === undefined) dtype = scanner.string()
    else if (key === 'shape' && !shape) shape = scanner.naturals(MAX_AXES)
    else if (key === 'data_offsets' && !offsets) offsets = scanner.naturals(2)
    else throw damaged(where, `dtype, shape and data_offsets once each for tensor '${name}'`, `key '${key}'`)
  })
  if (dtype === undefined || !shape || offsets?.length !== 2) {
    throw damaged(where, `dtype, shape and two data_offsets for tensor '${name}'`, 'one of them is missing')
  }
  if (!isSafetensorsDtype(dtype)) {
    throw new OssatureError(`tensor '${name}' has a dtype that is not supported`, {
      where,
      expected: DTYPES.join(', '),
      found: `'${dtype}'`,
    })
  }
  const [begin, end] = offsets
  const size = byteSize(dtype, shape)
  if (end - begin !== size) {
    const expected = `${size} bytes for tensor '${name}' (${dtype}, shape ${shape.join(' x ') || 'scalar'})`
    throw damaged(where, expected, `data_offsets [${begin}, ${end}]`)
  }
  return { name, dtype, shape, begin, end }
}

/** Bytes of a tensor; Infinity when the count leaves the exactly representable integers. */
export function byteSize(dtype: SafetensorsDtype, shape: readonly number[]): number {
  if (shape.includes(0)) return 0
  let size = bytesOf(dtype)
  for (const length of shape) {
    size *= length
    if (size > Number.MAX_SAFE_INTEGER) return Number.POSITIVE_INFINITY
  }
  return size
}

function checkCoverage(entries: TensorEntry[], dataBytes: number, where: string): void {
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end)
  let covered = 0
  for (const { name, begin, end } of entries) {
    if (begin !== covered) {
      const found = `tensor '${name}' at byte ${begin} ${begin > covered ? '(a gap)' : '(an overlap)'}`
      throw damaged(where, `the next tensor at byte ${covered} of the data`, found)
    }
    covered = end
  }
  if (covered !== dataBytes) throw damaged(where, `${covered} bytes of data`, `${dataBytes} bytes`)
}

export function damaged(where: string, expected: string, found: string): OssatureError {
  return new OssatureError('this is not a valid safetensors file', {
    where,
    expected,
    found,
    hint: 'The file is damaged, incomplete or of another format.',
  })
}
