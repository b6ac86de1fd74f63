import { describe, expect, it } from 'vitest'
import { parseCsv } from '../../src/files/csv.ts'

const parse = (text: string) => parseCsv(new TextEncoder().encode(text), 'file.csv')

describe('tables of comma-separated values', () => {
  it('gives fields and line numbers; quotes, spaces and empty lines as in RFC 4180', () => {
    expect(parse('\ufeffa, b\r\n\r\n"1,5",\n')).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 3, fields: ['1,5', ''] },
    ])
  })

  it('refuses lines of different lengths, open quotes and other encodings', () => {
    expect(() => parse('a,b\n1\n')).toThrow(/file\.csv: .*comma-separated.*\n.*line 2/)
    expect(() => parse('a,"b\n')).toThrow(/comma-separated/)
    expect(() => parseCsv(Uint8Array.of(0xff, 0x2c), 'file.csv')).toThrow(/not text in UTF-8/)
  })
})
