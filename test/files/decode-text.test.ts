import { describe, expect, it } from 'vitest'
import { decodeText, textLines } from '../../src/files/decode-text.ts'

describe('the text of a file', () => {
  it('is decoded from UTF-8, without a byte-order mark', () => {
    expect(decodeText(new TextEncoder().encode('\ufeffgr\u00fcn'), 'a.txt')).toBe('gr\u00fcn')
  })

  it('has lines without spaces around them; empty ones are left out', () => {
    expect(textLines(new TextEncoder().encode(' wave \r\n\r\nsit down\n'), 'a.txt')).toEqual(['wave', 'sit down'])
  })

  it('is refused in another encoding, and where no string can hold it', () => {
    expect(() => decodeText(Uint8Array.of(0xff), 'a.txt')).toThrow(/a\.txt: .*not text in UTF-8\n.*UTF-8/)
    expect(() => decodeText(new Uint8Array(2 ** 29), 'a.txt')).toThrow(/a\.txt: .*too long\D+512 MiB\D+512 MiB\n/)
  })
})
