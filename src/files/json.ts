import { OssatureError } from '../errors.ts'
import { decodeText } from './decode-text.ts'

/**
 * The value of a JSON text in UTF-8 bytes.
 *
 * @param where name of the file for messages
 * @throws OssatureError showing the place when the text is not JSON, and as `decodeText`
 */
export function parseJson(bytes: Uint8Array, where: string): unknown {
  const text = decodeText(bytes, where)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new OssatureError('the file is not JSON', { where, found: place((error as Error).message, text) })
  }
}

/** The parser tells either the text around the place or a position, for which people need the line. */
function place(message: string, text: string): string {
  const position = / in JSON at position (\d+)/.exec(message)
  if (!position) return message.replace(/\s+/g, ' ')
  const before = text.slice(0, Number(position[1])).split('\n')
  return `${message.slice(0, position.index)} (line ${before.length}, column ${before.at(-1)!.length + 1})`
}
