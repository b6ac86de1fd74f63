import { expect, test } from 'vitest'
import { incompleteBeta } from '../../../src/evaluate/statistics/incomplete-beta.ts'

test.each([
  [0.5, 1, 1, 0.5],
  [0.3, 2, 5, 0.579825],
  [0.9, 0.5, 0.5, 0.7951672353008665],
  [0.01, 30, 0.5, 1.0307815466209125e-61],
  [0.2, 12.5, 0.5, 3.206410920892519e-10],
  [0.7, 60.5, 20.25, 0.1535619922591374],
])('I_%d(%d, %d) is %d, as computed by mpmath with 30 digits', (x, a, b, expected) => {
  expect(Math.abs(incompleteBeta(x, a, b) / expected - 1)).toBeLessThan(1e-12)
})

test('is 0 and 1 at the ends, and 1 - I_{1-x}(b, a) everywhere', () => {
  expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1])
  for (const x of [0.01, 0.3, 0.5, 0.77, 0.999])
    expect(incompleteBeta(x, 4, 0.7) + incompleteBeta(1 - x, 0.7, 4)).toBeCloseTo(1, 13)
})
