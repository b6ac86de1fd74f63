import { OssatureError } from '../errors.ts'

/** No string of the JavaScript engine is longer. */
const MOST_BYTES = 2 ** 29 - 24

/**
 * The text of a file in UTF-8, without a byte-order mark.
 *
 * @param where name of the file for messages
 * @throws OssatureError when it is in another encoding, or larger than 512 MiB
 */
export function decodeText(bytes: Uint8Array, where: string): string {
  if (bytes.length > MOST_BYTES) {
    throw new OssatureError('the text is too long to be read at once', {
      where,
      expected: 'at most 512 MiB',
      found: `${Math.ceil(bytes.length / 2 ** 20)} MiB`,
      hint: 'Divide it into several files.',
    })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new OssatureError('the file is not text in UTF-8', { where, hint: 'Save it in UTF-8.' })
  }
}

/** The lines of a text in UTF-8 without spaces at their ends; empty lines are left out. @throws OssatureError */
export function textLines(bytes: Uint8Array, where: string): string[] {
  const lines = decodeText(bytes, where).split('\n')
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}
