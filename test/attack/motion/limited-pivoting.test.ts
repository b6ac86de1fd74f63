import { describe, expect, it } from 'vitest'
import { leastSquares } from '../../../src/attack/motion/limited-pivoting.ts'

const column = (...values: number[]) => Float64Array.from(values)

describe('least squares with limited pivoting', () => {
  it('finds the line through points', () => {
    // y = 2 + 3 x, with errors that are orthogonal to 1 and x.
    const found = leastSquares([column(1, 1, 1, 1), column(0, 1, 2, 3)], column(2 + 1, 5 - 1, 8 - 1, 11 + 1))
    expect(found[0]).toBeCloseTo(2, 12)
    expect(found[1]).toBeCloseTo(3, 12)
  })

  it('leaves out a column that those before it explain, and fits with the rest', () => {
    const [a, b] = [column(1, 2, 0, 1), column(0, 1, 1, -1)]
    const sum = a.map((value, i) => value + b[i])
    const target = a.map((value, i) => 2 * value - 5 * b[i])
    const found = leastSquares([a, column(0, 0, 0, 0), b, sum], target)
    expect(found[0]).toBeCloseTo(2, 12)
    expect(found[1]).toBeNaN()
    expect(found[2]).toBeCloseTo(-5, 12)
    expect(found[3]).toBeNaN()
  })

  it('keeps a column that is almost explained', () => {
    const a = column(1, 1, 1)
    const almost = column(1, 1, 1 + 1e-5)
    expect(leastSquares([a, almost], column(0, 0, 1e-5))[1]).toBeCloseTo(1, 6)
  })

  it('leaves out what is beyond the number of rows', () => {
    const found = leastSquares([column(1, 2), column(3, 4), column(5, 7)], column(1, 1))
    expect(found[0]).toBeCloseTo(-0.5, 12)
    expect(found[1]).toBeCloseTo(0.5, 12)
    expect(found[2]).toBeNaN()
  })
})
