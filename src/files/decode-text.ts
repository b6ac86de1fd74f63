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
  const text = strictlyDecoded(bytes)
  if (text !== undefined) return text
  const found = beginsAsUtf16(bytes)
    ? 'text in UTF-16'
    : `bytes of another encoding in line ${firstUnreadableLine(bytes)}`
  throw new OssatureError('the file is not text in UTF-8', { where, found, hint: 'Save it in UTF-8.' })
}

/** Undefined when it is not UTF-8. */
function strictlyDecoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Whether there is a byte-order mark of UTF-16. */
function beginsAsUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}

/** From 1. A line feed is never part of a longer sequence of UTF-8, so lines can be tried one by one. */
function firstUnreadableLine(bytes: Uint8Array): number {
  for (let line = 1, start = 0; ; line++) {
    const end = bytes.indexOf(0x0a, start)
    if (end < 0 || strictlyDecoded(bytes.subarray(start, end)) === undefined) return line
    start = end + 1
  }
}

/** The lines of a text in UTF-8 without spaces at their ends; empty lines are left out. @throws OssatureError */
export function textLines(bytes: Uint8Array, where: string): string[] {
  const lines = decodeText(bytes, where).split('\n')
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}
