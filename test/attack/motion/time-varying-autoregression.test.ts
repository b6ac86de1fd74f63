import { describe, expect, it } from 'vitest'
import { LocalLinearAutoregression } from '../../../src/attack/motion/local-linear-autoregression.ts'
import { fitTimeVaryingAutoregression } from '../../../src/attack/motion/time-varying-autoregression.ts'

/** y[t] = sum of c[i] y[t - 1 - i], without noise. */
function recurrence(
  coefficients: (t: number) => readonly number[],
  start: readonly number[],
  length: number,
): number[] {
  const series = [...start]
  for (let t = start.length; t < length; t++)
    series.push(coefficients(t).reduce((sum, c, i) => sum + c * series[t - 1 - i], 0))
  return series
}

/** The recurrence of a rotation by an angle, damped: an oscillation that two lags predict exactly. */
const oscillation = (length: number) => recurrence(() => [2 * 0.98 * Math.cos(0.7), -(0.98 ** 2)], [1, 0.3], length)

describe('time-varying autoregression', () => {
  it('recovers constant coefficients', () => {
    const { coefficients } = fitTimeVaryingAutoregression(oscillation(40), 2)
    for (let row = 0; row < 38; row++) {
      expect(coefficients[2 * row]).toBeCloseTo(2 * 0.98 * Math.cos(0.7), 8)
      expect(coefficients[2 * row + 1]).toBeCloseTo(-(0.98 ** 2), 8)
    }
  })

  it('recovers a coefficient that changes linearly', () => {
    const slope = (t: number) => 1.05 - 0.1 * (t / 40)
    const series = recurrence((t) => [slope(t)], [1], 41)
    const { coefficients } = fitTimeVaryingAutoregression(series, 1)
    coefficients.forEach((coefficient, row) => {
      expect(coefficient).toBeCloseTo(slope(row + 1), 8)
    })
  })

  it('does not depend on the unit of the series', () => {
    const series = Array.from({ length: 30 }, (_, t) => 2 + Math.sin(t) + Math.cos(2.3 * t) / 5)
    const a = new LocalLinearAutoregression(series, 2).coefficients(0.6)
    const b = new LocalLinearAutoregression(
      series.map((y) => 1000 * y),
      2,
    ).coefficients(0.6)
    a.forEach((value, i) => {
      expect(b[i]).toBeCloseTo(value, 9)
    })
  })

  it('gives an accurate fit far from the origin, where lags are almost equal', () => {
    // An oscillation around 10,000: the recurrence of the oscillation applied to differences.
    const [a, b] = [2 * 0.98 * Math.cos(0.7), -(0.98 ** 2)]
    const series = recurrence(() => [1 + a, b - a, -b], [1e4, 1e4 + 1, 1e4 + 0.3], 30)
    const model = new LocalLinearAutoregression(series, 3)
    expect(model.leaveOneOutError(1)).toBeLessThan(1e-12)
  })

  it('gives 1 for a constant series and leaves out the second lag, which says nothing new', () => {
    const { coefficients } = fitTimeVaryingAutoregression(Array(20).fill(0.5), 2)
    for (let row = 0; row < 18; row++) {
      expect(coefficients[2 * row]).toBeCloseTo(1, 12)
      expect(coefficients[2 * row + 1]).toBeNaN()
    }
  })

  it.each([
    ['zeros', Array(20).fill(0), 19],
    ['two values', [1, 2], 1],
    ['one value', [1], 0],
    ['no values', [], 0],
  ])('estimates nothing of %s', (_, series: number[], rows) => {
    const { coefficients } = fitTimeVaryingAutoregression(series, 1)
    expect(coefficients).toEqual(new Float64Array(rows).fill(Number.NaN))
  })

  it('takes a bandwidth with which three rows have weight everywhere', () => {
    const model = new LocalLinearAutoregression(oscillation(20), 1)
    expect(model.leaveOneOutError(2 / 19)).toBe(Number.MAX_VALUE)
    expect(model.leaveOneOutError(5 / 19)).toBeLessThan(1)
  })
})
