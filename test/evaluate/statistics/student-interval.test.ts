import { expect, test } from 'vitest'
import { studentInterval, studentQuantile } from '../../../src/evaluate/statistics/student-interval.ts'

test.each([
  [0.95, 1, 12.70620473617471],
  [0.95, 2, 4.30265272974946],
  [0.95, 4, 2.77644510519778],
  [0.99, 9, 3.25],
  [0.95, 30, 2.0423],
])('the quantile at %d with %d degrees of freedom is %d, as in tables', (confidence, freedom, expected) => {
  const digits = String(expected).split('.')[1].length - 1
  expect(studentQuantile(confidence, freedom)).toBeCloseTo(expected, Math.min(10, digits))
})

test('the interval of the mean of three runs', () => {
  // Mean 0.8, deviation sqrt(2 * 0.02^2 / 2) = 0.02.
  const { mean, deviation, low, high } = studentInterval([0.78, 0.8, 0.82])
  expect(mean).toBeCloseTo(0.8, 12)
  expect(deviation).toBeCloseTo(0.02, 12)
  expect(high - mean).toBeCloseTo((4.30265272974946 * 0.02) / Math.sqrt(3), 10)
  expect(mean - low).toBeCloseTo(high - mean, 12)
})

test('one run has none', () => {
  expect(() => studentInterval([0.8])).toThrow('at least two runs')
})
