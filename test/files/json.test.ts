import { describe, expect, it } from 'vitest'
import { parseJson } from '../../src/files/json.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('parseJson', () => {
  it('gives the value', () => {
    expect(parseJson(bytes('{"a": [1, null]}'), 'clip.json')).toEqual({ a: [1, null] })
  })

  it('shows the place of an error, by its text or by line and column', () => {
    expect(() => parseJson(bytes('{\n  "a": NaN }'), 'clip.json')).toThrow(
      'clip.json: the file is not JSON\n  found:    Unexpected token \'N\', "{ "a": NaN }" is not valid JSON',
    )
    expect(() => parseJson(bytes('{\n  "a": "\n"}'), 'clip.json')).toThrow(/line 2, column 9/)
  })

  it('refuses text that is not UTF-8', () => {
    expect(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22), 'clip.json')).toThrow(/not text in UTF-8/)
  })
})
