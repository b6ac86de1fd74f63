import { describe, expect, it } from 'vitest'
import { boundedMinimum } from '../../../src/attack/motion/bounded-minimum.ts'

describe('minimum in an interval', () => {
  it.each([
    ['a parabola', (x: number) => (x - 1 / 3) ** 2, 0, 1, 1 / 3],
    ['a cosine', Math.cos, 1, 5, Math.PI],
    ['a corner', (x: number) => Math.abs(x - 2), 0, 3, 2],
    ['the lower end', (x: number) => x, 2, 7, 2],
    ['the upper end', (x: number) => -x, 2, 7, 7],
    ['the upper end where all is equal', () => 0, 2, 7, 7],
  ])('finds %s', (_, of, low, high, place) => {
    expect(boundedMinimum(of, low, high, 1e-9)).toBeCloseTo(place, 6)
  })

  it('avoids where there is no value', () => {
    const found = boundedMinimum((x) => (x > 1 ? Number.NaN : (x - 0.5) ** 2), 0, 2.5, 1e-9)
    expect(found).toBeCloseTo(0.5, 6)
  })
})
