import { describe, expect, test } from 'vitest'
import { searchWeights } from '../../../src/evaluate/fusion/weight-search.ts'
import type { Scores } from '../../../src/evaluate/scores/scores.ts'

/** Two classes; the first one's score is given, the second has the rest to 1. */
const stream = (...first: number[]): Scores => ({
  data: Float64Array.from(first.flatMap((p) => [p, 1 - p])),
  samples: first.length,
  classes: 2,
})

describe('search of weights', () => {
  test('finds the only weighting that gets every clip right', () => {
    // Right where w a + (1 - w) b is above 1/2 for class 0: clip 0 wants w > 2/3, clip 1 wants w < 3/4.
    const a = stream(0.6, 0.4)
    const b = stream(0.3, 0.8)
    expect(searchWeights([a, b], [0, 0], 10)).toEqual({ weights: [0.7, 0.3], top1: 1, tried: 11 })
  })

  test('of equally good ones takes the most even, then the one that favours earlier streams', () => {
    const same = stream(0.9, 0.9)
    expect(searchWeights([same, same], [0, 0], 4).weights).toEqual([0.5, 0.5])
    expect(searchWeights([same, same], [0, 0], 3).weights).toEqual([2 / 3, 1 / 3])
  })

  test('leaves a useless stream out', () => {
    expect(searchWeights([stream(0.51, 0.49), stream(0.1, 0.9)], [0, 1], 1).weights).toEqual([1, 0])
    expect(searchWeights([stream(0.99, 0.01), stream(0.4, 0.6)], [1, 0], 2).weights).toEqual([0, 1])
  })

  test('tries every composition of the steps: C(steps + streams - 1, streams - 1)', () => {
    const one = stream(0.9)
    expect(searchWeights([one, one, one, one], [0], 10).tried).toBe(286)
  })

  test('is refused where it would take too long, with what to lower', () => {
    // C(103, 3) = 176851 weightings of 4 streams; C(78, 3) = 76076 in 75 steps are the most below 1e11 products.
    const clips = 1000
    const many = { data: new Float32Array(328 * clips), samples: clips, classes: 328 }
    const labels = new Int32Array(clips)
    expect(() => searchWeights(new Array(4).fill(many), labels, 100)).toThrow(
      /found: {4}2\.3e\+11: 176851 weightings of 4 streams in 100 steps, for 1000 clips of 328 classes\n {2}Lower the steps to 75\./,
    )
    expect(() => searchWeights(new Array(1000).fill(many), labels, 1)).toThrow('fewer clips')
  })

  test('needs streams, steps, and clips that fit them', () => {
    expect(() => searchWeights([], [])).toThrow('at least one stream')
    expect(() => searchWeights([stream()], [])).toThrow('at least one clip')
    expect(() => searchWeights([stream(1)], [0], 0)).toThrow('at least one step')
    expect(() => searchWeights([stream(1), stream(1, 1)], [0])).toThrow('stream 1')
    expect(() => searchWeights([stream(1)], [2])).toThrow('no class index')
  })
})
