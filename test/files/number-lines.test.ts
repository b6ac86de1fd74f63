import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NumberLines } from '../../src/files/number-lines.ts'

const lines = (text: string) => new NumberLines(new TextEncoder().encode(text), 'file.txt')

/** The first field of a text as a number. */
function first(text: string): number {
  const reader = lines(text)
  reader.advance()
  return reader.number()
}

describe('lines of numbers', () => {
  it('reads fields between spaces, tabs and commas, and passes over empty lines', () => {
    const reader = lines('\ufeff1.5, -2\t3\r\n\r\n  4\n')
    reader.require('numbers')
    expect([reader.number(), reader.number(), reader.number()]).toEqual([1.5, -2, 3])
    expect(reader.advance()).toBe(true)
    expect(reader.place).toBe('file.txt, line 3')
    expect([reader.field(), reader.field(), reader.advance()]).toEqual(['4', '', false])
  })

  it('reads every number as JavaScript does', () => {
    const decimal = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(fc.property(decimal, (value) => first(`${value}`) === value))
    fc.assert(
      fc.property(
        decimal,
        fc.nat(8),
        (value, digits) => first(value.toFixed(digits)) === Number(value.toFixed(digits)),
      ),
    )
  })

  it.each([
    ['+1.5', 1.5],
    ['.5', 0.5],
    ['-5.', -5],
    ['1E-3', 0.001],
    ['123456789012345678', 123456789012345680],
  ])('reads %s', (text, value) => expect(first(text)).toBe(value))

  it.each(['', 'x', '0x10', '1.2.3', '-', '.', 'Infinity', '1e', '--1', '1_000'])(
    "does not take '%s' for a number",
    (text) => {
      expect(first(text)).toBeNaN()
    },
  )

  it('names the line', () => {
    const reader = lines('1\n1.5\n1e39')
    reader.require('a count')
    expect(reader.count('frames', 9)).toBe(1)
    reader.require('a count')
    expect(() => reader.count('frames', 9)).toThrow(/file\.txt, line 2: .*number of frames\n.*0 to 9\n.*'1\.5'/)
    reader.require('x')
    expect(() => reader.coordinate('x')).toThrow(/line 3, x: .*float32 can hold\n.*'1e39'/)
    expect(() => reader.require('more')).toThrow(/after line 3.*ends too early\n.*more/)
  })
})
