import { OssatureError } from '../../errors.ts'

/** One entry of a zip archive's central directory. Sizes in bytes. */
export interface DirectoryEntry {
  readonly name: string
  readonly method: number
  readonly checksum: number
  readonly compressedSize: number
  readonly size: number
  /** Position of the local header. */
  readonly position: number
}

const END = { signature: 0x06054b50, bytes: 22 }
const END_64_LOCATOR = { signature: 0x07064b50, bytes: 20 }
const END_64 = { signature: 0x06064b50, bytes: 56 }
const CENTRAL = { signature: 0x02014b50, bytes: 46 }
const LOCAL = { signature: 0x04034b50, bytes: 30 }

/**
 * The central directory (PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16), with zip64.
 * Nothing may follow the end record, so that two programs cannot see two archives in one file.
 */
export function readDirectory(bytes: Uint8Array, maxEntries: number, where: string): DirectoryEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { count, start, limit } = findDirectory(view, where)
  if (count > maxEntries) {
    throw new OssatureError('the archive has too many entries', {
      where,
      expected: `at most ${maxEntries}`,
      found: `${count}`,
    })
  }
  const entries: DirectoryEntry[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    if (at + CENTRAL.bytes > limit || view.getUint32(at, true) !== CENTRAL.signature) {
      throw corrupt(where, `directory entry ${index} of ${count} at byte ${at}`)
    }
    const nameBytes = view.getUint16(at + 28, true)
    const extraBytes = view.getUint16(at + 30, true)
    const next = at + CENTRAL.bytes + nameBytes + extraBytes + view.getUint16(at + 32, true)
    if (next > limit) throw corrupt(where, `directory entry ${index} of ${count} inside the directory`)
    if (view.getUint16(at + 8, true) & 1) throw new OssatureError('the archive is encrypted', { where })
    const nameStart = at + CENTRAL.bytes
    const name = entryName(bytes.subarray(nameStart, nameStart + nameBytes), where)
    const wide = zip64Sizes(view, at, nameStart + nameBytes, extraBytes, `${where}, ${name}`)
    entries.push({ name, method: view.getUint16(at + 10, true), checksum: view.getUint32(at + 16, true), ...wide })
    at = next
  }
  return entries
}

/** First byte of the entry's data, behind its local header, which must agree with the directory about the name. */
export function dataStart(bytes: Uint8Array, entry: DirectoryEntry, where: string): number {
  const { position } = entry
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (position + LOCAL.bytes > bytes.length || view.getUint32(position, true) !== LOCAL.signature) {
    throw corrupt(where, `a local header at byte ${position}`)
  }
  const nameStart = position + LOCAL.bytes
  const nameEnd = nameStart + view.getUint16(position + 26, true)
  const start = nameEnd + view.getUint16(position + 28, true)
  if (start + entry.compressedSize > bytes.length)
    throw corrupt(where, `${entry.compressedSize} bytes at byte ${start}`)
  if (entryName(bytes.subarray(nameStart, nameEnd), where) !== entry.name) {
    throw corrupt(where, 'the same name in the directory and before the data')
  }
  return start
}

function findDirectory(view: DataView, where: string): { count: number; start: number; limit: number } {
  const lowest = Math.max(0, view.byteLength - END.bytes - 0xffff)
  for (let at = view.byteLength - END.bytes; at >= lowest; at--) {
    if (view.getUint32(at, true) !== END.signature) continue
    if (at + END.bytes + view.getUint16(at + 20, true) !== view.byteLength) continue
    const count = view.getUint16(at + 10, true)
    const size = view.getUint32(at + 12, true)
    const start = view.getUint32(at + 16, true)
    if (view.getUint16(at + 4, true) !== view.getUint16(at + 6, true)) throw corrupt(where, 'an archive in one part')
    const wide = findWideDirectory(view, at, where)
    if (wide) return wide
    if (start + size > at) throw corrupt(where, `a directory of ${size} bytes at byte ${start}`)
    return { count, start, limit: start + size }
  }
  throw corrupt(where, 'the end record of a zip archive')
}

function findWideDirectory(view: DataView, end: number, where: string) {
  const locator = end - END_64_LOCATOR.bytes
  if (locator < 0 || view.getUint32(locator, true) !== END_64_LOCATOR.signature) return undefined
  const at = wideNumber(view, locator + 8, where)
  if (at + END_64.bytes > locator || view.getUint32(at, true) !== END_64.signature) {
    throw corrupt(where, `the zip64 end record at byte ${at}`)
  }
  const count = wideNumber(view, at + 32, where)
  const size = wideNumber(view, at + 40, where)
  const start = wideNumber(view, at + 48, where)
  if (start + size > at) throw corrupt(where, `a directory of ${size} bytes at byte ${start}`)
  return { count, start, limit: start + size }
}

/** Sizes and position; a field of all ones stands in the zip64 extra field (4.5.3), in this order. */
function zip64Sizes(view: DataView, at: number, extra: number, extraBytes: number, where: string) {
  const narrow = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)]
  if (narrow.includes(0xffffffff)) {
    let field = extra
    while (field + 4 <= extra + extraBytes && view.getUint16(field, true) !== 1) {
      field += 4 + view.getUint16(field + 2, true)
    }
    let value = field + 4
    for (let i = 0; i < narrow.length; i++) {
      if (narrow[i] !== 0xffffffff) continue
      if (value + 8 > extra + extraBytes) throw corrupt(where, 'a zip64 field with the sizes')
      narrow[i] = wideNumber(view, value, where)
      value += 8
    }
  }
  return { size: narrow[0], compressedSize: narrow[1], position: narrow[2] }
}

function wideNumber(view: DataView, at: number, where: string): number {
  const value = view.getBigUint64(at, true)
  if (value > Number.MAX_SAFE_INTEGER) throw corrupt(where, 'sizes below 2^53')
  return Number(value)
}

/** Names with `/` between folders; anything that could lead out of the archive is refused. */
function entryName(bytes: Uint8Array, where: string): string {
  const name = new TextDecoder().decode(bytes)
  const parts = (name.endsWith('/') ? name.slice(0, -1) : name).split('/')
  if (/[\\\0]|^[A-Za-z]:/.test(name) || parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new OssatureError('the archive has an entry with an unsafe name', {
      where,
      expected: 'a relative path inside the archive',
      found: JSON.stringify(name.slice(0, 100)),
    })
  }
  return name
}

export function corrupt(where: string, expected: string, found = 'something else'): OssatureError {
  return new OssatureError('the zip archive is damaged or incomplete', {
    where,
    expected,
    found,
    hint: 'Download or copy it again.',
  })
}
