import { describe, expect, it } from 'vitest'
import { roundToFloat16 } from '../../src/skeleton/precision.ts'

describe('half precision', () => {
  it.each([
    [1 / 3, 0.333251953125],
    [0.1, 0.0999755859375],
    [2049, 2048],
    [2051, 2052],
    [-2049.5, -2050],
    [65504, 65504],
    [65519.9, 65504],
    [65520, Number.POSITIVE_INFINITY],
    [-1e9, Number.NEGATIVE_INFINITY],
    [2 ** -24, 2 ** -24],
    [2 ** -25, 0],
    [3 * 2 ** -25, 2 ** -23],
    [2 - 2 ** -52, 2],
    [0, 0],
  ])('rounds %d to %d', (value, rounded) => {
    expect(roundToFloat16(value)).toBe(rounded)
  })

  it('leaves every half-precision number alone', () => {
    for (let bits = 0; bits < 0x7c00; bits++) {
      const exponent = bits >> 10
      const fraction = bits & 0x3ff
      const value = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15)
      if (roundToFloat16(value) !== value) expect.fail(`${value} became ${roundToFloat16(value)}`)
    }
  })
})
