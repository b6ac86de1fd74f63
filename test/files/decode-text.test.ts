import { describe, expect, it } from 'vitest'
import { decodeText, textLines } from '../../src/files/decode-text.ts'

describe('the text of a file', () => {
  it('is decoded from UTF-8, without a byte-order mark', () => {
    expect(decodeText(new TextEncoder().encode('\ufeffgr\u00fcn'), 'a.txt')).toBe('gr\u00fcn')
  })

  it('has lines without spaces around them; empty ones are left out', () => {
    expect(textLines(new TextEncoder().encode(' wave \r\n\r\nsit down\n'), 'a.txt')).toEqual(['wave', 'sit down'])
  })

  it.each<[string, Buffer, RegExp]>([
    ['UTF-16', Buffer.from('\ufeffwave\n', 'utf16le'), /found: +text in UTF-16\n/],
    ['Latin 1', Buffer.from('wave\nsit\ngr\u00fc\u00dfen\n', 'latin1'), /found: .* in line 3\n/],
    ['UTF-8 that breaks off in a letter', Buffer.from('\u00fc').subarray(0, 1), /found: .* in line 1\n/],
  ])('is refused in %s', (_, bytes, found) => {
    const decode = () => decodeText(bytes, 'a.txt')
    expect(decode).toThrow(/^a\.txt: the file is not text in UTF-8\n(.*\n) {2}Save it in UTF-8\.$/)
    expect(decode).toThrow(found)
  })

  it('is refused where no string can hold it', () => {
    expect(() => decodeText(new Uint8Array(2 ** 29), 'a.txt')).toThrow(/a\.txt: .*too long\D+512 MiB\D+512 MiB\n/)
  })
})
