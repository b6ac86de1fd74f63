import { describe, expect, test } from 'vitest'
import { calibration } from '../../../src/evaluate/metrics/calibration.ts'
import type { Scores } from '../../../src/evaluate/scores/scores.ts'

/** Two classes; the first one's probability is given. */
function binary(...first: number[]): Scores {
  return { data: Float64Array.from(first.flatMap((p) => [p, 1 - p])), samples: first.length, classes: 2 }
}

describe('calibration error', () => {
  test('is the gap of accuracy and confidence, weighted by clips; at most the largest gap', () => {
    // Bins of a tenth: two clips at 0.85 of which one is right, one at 0.65 which is wrong.
    const { expected, maximum, bins } = calibration(binary(0.85, 0.85, 0.65), [0, 1, 1], 10)
    expect(expected).toBeCloseTo((2 * 0.35 + 0.65) / 3, 12)
    expect(maximum).toBeCloseTo(0.65, 12)
    expect(bins).toHaveLength(10)
    expect(bins.map(({ clips }) => clips)).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 2, 0])
    expect(bins[8]).toEqual({ low: 0.8, high: 0.9, clips: 2, confidence: 0.85, accuracy: 0.5 })
    expect(bins[0]).toEqual({ low: 0, high: 0.1, clips: 0, confidence: null, accuracy: null })
  })

  test('is 0 when every bin is as often right as it is confident', () => {
    const { expected, maximum } = calibration(binary(0.75, 0.75, 0.75, 0.75), [0, 0, 1, 0])
    expect([expected, maximum]).toEqual([0, 0])
  })

  test('a confidence at the border of two bins belongs to the lower one, certainty to the last', () => {
    const { bins } = calibration(binary(0.5, 1), [0, 0], 2)
    expect(bins.map(({ clips }) => clips)).toEqual([1, 1])
  })

  test('scores that are no probabilities, and no samples, are refused', () => {
    expect(() => calibration({ data: Float64Array.of(3, 1), samples: 1, classes: 2 }, [0])).toThrow('probabilities')
    expect(() => calibration({ data: Float64Array.of(Number.NaN, 1), samples: 1, classes: 2 }, [0])).toThrow('found')
    expect(() => calibration(binary(), [])).toThrow('at least one sample')
  })

  test.each([0, -1, 2.5])('%d bins are refused', (bins) => {
    expect(() => calibration(binary(0.5), [0], bins)).toThrow('at least one bin')
  })
})
