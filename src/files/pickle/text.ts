/** Whether all bytes are ASCII. */
export function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] > 127) return false
  return true
}

/** Text from UTF-8. Lone surrogates, which Python can write, become U+FFFD. */
export function fromUtf8(bytes: Uint8Array): string {
  return UTF8.decode(bytes)
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Bytes from text in UTF-8 whose characters are all below U+0100, as the codec latin1; undefined for other text. */
export function latin1FromUtf8(utf8: Uint8Array): Uint8Array | undefined {
  let length = 0
  for (let i = 0; i < utf8.length; i++) if ((utf8[i] & 0xc0) !== 0x80) length++
  const result = new Uint8Array(length)
  let at = 0
  for (let i = 0; i < utf8.length; i++) {
    const byte = utf8[i]
    if (byte < 0x80) result[at++] = byte
    else if ((byte === 0xc2 || byte === 0xc3) && (utf8[i + 1] & 0xc0) === 0x80) {
      result[at++] = ((byte & 3) << 6) | (utf8[++i] & 0x3f)
    } else return undefined
  }
  return result
}

/** Text of protocol 0 (raw-unicode-escape): bytes as characters, `\uXXXX` and `\UXXXXXXXX` for the others. */
export function fromRawUnicodeEscape(line: Uint8Array): string | undefined {
  let valid = true
  const text = fromLatin1(line).replace(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[uU])/g, (_, code: string) => {
    const point = Number.parseInt(code.slice(1), 16)
    if (point <= 0x10ffff) return String.fromCodePoint(point)
    valid = false
    return ''
  })
  return valid ? text : undefined
}

/** Every byte as the character of that number; `TextDecoder` means windows-1252 by latin1. */
function fromLatin1(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096))
  return text
}

const ESCAPES: Readonly<Record<string, number>> = {
  '\\': 92,
  "'": 39,
  '"': 34,
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
}

/** Bytes of a string literal of Python 2 in quotes; undefined for anything else. */
export function fromPython2Literal(line: Uint8Array): Uint8Array | undefined {
  const quote = line[0]
  if (line.length < 2 || (quote !== 34 && quote !== 39) || line[line.length - 1] !== quote) return undefined
  const result = new Uint8Array(line.length - 2)
  let at = 0
  for (let i = 1; i < line.length - 1; i++) {
    if (line[i] === quote) return undefined
    if (line[i] !== 92) {
      result[at++] = line[i]
      continue
    }
    i++
    if (i >= line.length - 1) return undefined
    if (line[i] === 120) {
      const digits = String.fromCharCode(line[i + 1], line[i + 2])
      if (!/^[0-9a-fA-F]{2}$/.test(digits)) return undefined
      result[at++] = Number.parseInt(digits, 16)
      i += 2
      continue
    }
    const escaped = ESCAPES[String.fromCharCode(line[i])]
    if (escaped === undefined) return undefined
    result[at++] = escaped
  }
  return result.subarray(0, at)
}
