import { gunzipSync } from 'fflate'
import { OssatureError } from '../errors.ts'
import { crc32 } from './checksum.ts'

/** Deflate cannot do better than 258 bytes in 2 bits. */
const DEFLATE_MOST = 1032

/** Bytes that a file may inflate to unless told otherwise. */
const MOST = 256 * 2 ** 20

/** Whether the bytes begin like a gzip file. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/**
 * The contents of a gzip file of one member (RFC 1952); length and CRC-32 are checked.
 *
 * @param where name of the file for messages
 * @param most bytes that it may inflate to
 * @throws OssatureError when it is damaged or too large
 */
export function gunzip(bytes: Uint8Array, where = 'gzip', most = MOST): Uint8Array {
  if (!isGzip(bytes) || bytes.length < 18)
    throw damaged(where, 'a gzip file', `${bytes.length} bytes of something else`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = view.getUint32(bytes.length - 4, true)
  if (size > Math.min(most, DEFLATE_MOST * bytes.length)) {
    throw damaged(where, `at most ${Math.min(most, DEFLATE_MOST * bytes.length)} bytes`, `${size}`)
  }
  let result: Uint8Array
  try {
    // One byte more than declared, so that a longer stream shows.
    result = gunzipSync(bytes, { out: new Uint8Array(size + 1) })
  } catch (error) {
    throw damaged(where, 'deflated data', (error as Error).message)
  }
  if (result.length !== size) throw damaged(where, `${size} bytes`, result.length > size ? 'more' : `${result.length}`)
  if (crc32(result) !== view.getUint32(bytes.length - 8, true)) {
    throw damaged(where, 'data that agree with their CRC-32', 'changed data')
  }
  return result
}

function damaged(where: string, expected: string, found: string): OssatureError {
  return new OssatureError('the gzip file is damaged or incomplete', {
    where,
    expected,
    found,
    hint: 'Download or copy it again.',
  })
}
