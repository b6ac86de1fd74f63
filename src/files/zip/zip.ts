import { inflateSync } from 'fflate'
import { OssatureError } from '../../errors.ts'
import { crc32 } from '../checksum.ts'
import type { NamedFile } from '../named-file.ts'
import { corrupt, type DirectoryEntry, dataStart, readDirectory } from './directory.ts'

/** Bounds against archives that are made to exhaust memory. */
export interface ZipLimits {
  readonly entries: number
  /** Sum of the inflated sizes, in bytes. */
  readonly inflatedBytes: number
  /** Inflated bytes per byte of the archive; not applied to the first 64 MiB. */
  readonly ratio: number
}

export const DEFAULT_ZIP_LIMITS: ZipLimits = { entries: 250_000, inflatedBytes: 16 * 2 ** 30, ratio: 100 }

const RATIO_FREE_BYTES = 64 * 2 ** 20

/** Deflate cannot do better than 258 bytes in 2 bits. */
const DEFLATE_MOST = 1032

/**
 * The files of a zip archive (stored or deflated, zip64 too), folders left out. The directory is checked here: names
 * inside the archive and unique, sizes within the limits, no two entries over the same bytes. An entry is inflated, and
 * its length and CRC-32 checked, each time `bytes()` is called.
 *
 * @param where name of the archive for messages
 * @throws OssatureError, here and from `bytes()`
 */
export function readZip(bytes: Uint8Array, where = 'zip', limits: ZipLimits = DEFAULT_ZIP_LIMITS): NamedFile[] {
  if (!isZip(bytes)) throw corrupt(where, "an archive that starts with 'PK'", 'another kind of file')
  const entries = readDirectory(bytes, limits.entries, where)
  checkSizes(entries, bytes.length, limits, where)
  const names = new Set<string>()
  const spans: { from: number; to: number }[] = []
  const files: NamedFile[] = []
  for (const entry of entries) {
    const place = `${where}, ${entry.name}`
    if (names.has(entry.name)) throw corrupt(place, 'every name once', 'the name twice')
    names.add(entry.name)
    const start = dataStart(bytes, entry, place)
    const end = start + entry.compressedSize
    spans.push({ from: entry.position, to: end })
    if (entry.name.endsWith('/')) continue
    files.push({
      name: entry.name,
      size: entry.size,
      where: place,
      bytes: () => inflate(entry, bytes.subarray(start, end), place),
    })
  }
  spans.sort((a, b) => a.from - b.from)
  for (let i = 1; i < spans.length; i++) {
    if (spans[i].from < spans[i - 1].to) throw corrupt(where, 'entries beside each other', 'entries that overlap')
  }
  return files
}

/** Whether the bytes begin like a zip archive (with an entry, or empty). */
export function isZip(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))
  )
}

function checkSizes(entries: readonly DirectoryEntry[], archiveBytes: number, limits: ZipLimits, where: string): void {
  let total = 0
  for (const { name, method, size, compressedSize } of entries) {
    const place = `${where}, ${name}`
    if (method !== 0 && method !== 8) {
      throw new OssatureError('this compression is not supported', {
        where: place,
        expected: 'method 0 (stored) or 8 (deflate)',
        found: `method ${method}`,
      })
    }
    const most = method === 0 ? compressedSize : DEFLATE_MOST * compressedSize
    if (size > most || (method === 0 && size !== compressedSize)) {
      throw corrupt(place, `at most ${most} bytes from ${compressedSize}`, `${size} bytes`)
    }
    total += size
  }
  const allowed = Math.min(limits.inflatedBytes, Math.max(RATIO_FREE_BYTES, limits.ratio * archiveBytes))
  if (total > allowed) {
    throw new OssatureError('the archive would inflate to too much', {
      where,
      expected: `at most ${allowed} bytes`,
      found: `${total} bytes from ${archiveBytes}`,
      hint: 'If you trust it, unpack it and name the folder.',
    })
  }
}

function inflate({ method, size, checksum }: DirectoryEntry, packed: Uint8Array, where: string): Uint8Array {
  let result = packed
  if (method === 8) {
    try {
      // One byte more than declared, so that a longer stream shows.
      result = inflateSync(packed, { out: new Uint8Array(size + 1) })
    } catch (error) {
      throw corrupt(where, 'deflated data', (error as Error).message)
    }
  }
  if (result.length !== size)
    throw corrupt(where, `${size} bytes`, result.length > size ? 'more' : `${result.length} bytes`)
  if (crc32(result) !== checksum) throw corrupt(where, 'data that agree with their CRC-32', 'changed data')
  return result
}
