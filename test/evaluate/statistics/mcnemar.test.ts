import { describe, expect, test } from 'vitest'
import { holmCorrection, mcNemarTest } from '../../../src/evaluate/statistics/mcnemar.ts'

/** Clips that only the first, only the second, both and none recognise. */
function right(onlyFirst: number, onlySecond: number): [first: number[], second: number[]] {
  const clips = [
    ...new Array(onlyFirst).fill([1, 0]),
    ...new Array(onlySecond).fill([0, 1]),
    ...new Array(4).fill([1, 1]),
    ...new Array(3).fill([0, 0]),
  ]
  return [clips.map(([first]) => first), clips.map(([, second]) => second)]
}

describe("McNemar's exact test", () => {
  test.each([
    [10, 2, 0.03857421875],
    [0, 5, 0.0625],
    [3, 4, 1],
    [3, 3, 1],
    [0, 0, 1],
    [121, 59, 4.434449263755177e-6],
    [700, 610, 0.013902723449447754],
  ])('%d clips against %d: p = %d, the two tails of the binomial', (onlyFirst, onlySecond, expected) => {
    const { pValue, ...counts } = mcNemarTest(...right(onlyFirst, onlySecond))
    expect(counts).toEqual({ onlyFirst, onlySecond })
    expect(pValue / expected).toBeCloseTo(1, 10)
    expect(mcNemarTest(...right(onlySecond, onlyFirst)).pValue).toBe(pValue)
  })

  test('needs both runs on the same clips', () => {
    expect(() => mcNemarTest([1], [1, 0])).toThrow('same clips')
  })
})

test("Holm's correction multiplies the smallest p by the number of tests and never falls", () => {
  const corrected = holmCorrection([0.01, 0.04, 0.03, 0.005])
  for (const [index, expected] of [0.03, 0.06, 0.06, 0.02].entries()) expect(corrected[index]).toBeCloseTo(expected, 12)
  expect(holmCorrection([0.6, 0.9])).toEqual([1, 1])
  expect(holmCorrection([])).toEqual([])
})
