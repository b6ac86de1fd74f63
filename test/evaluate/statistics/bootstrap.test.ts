import { describe, expect, test } from 'vitest'
import { bootstrap, pairedBootstrap, rightShares } from '../../../src/evaluate/statistics/bootstrap.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'

const stream = () => new CounterStream(7)
const mean = (values: readonly number[]) => (clips: ArrayLike<number>) => [
  Array.from(clips).reduce((sum, clip) => sum + values[clip], 0) / clips.length,
]
/** `ones` clips with 1 among `total`. */
const share = (ones: number, total: number) => Array.from({ length: total }, (_, n) => (n < ones ? 1 : 0))

describe('bootstrap interval', () => {
  test('of a share is about 1.96 standard errors to either side', () => {
    const [{ value, low, high }] = bootstrap(400, mean(share(240, 400)), stream(), { resamples: 1500 })
    const error = Math.sqrt((0.6 * 0.4) / 400)
    expect(value).toBe(0.6)
    expect((value - low) / error).toBeCloseTo(1.96, 0)
    expect((high - value) / error).toBeCloseTo(1.96, 0)
  })

  test('is narrower at a lower confidence, a point for clips that are all alike, and repeats with its stream', () => {
    const values = share(30, 100)
    const [wide] = bootstrap(100, mean(values), stream())
    const [narrow] = bootstrap(100, mean(values), stream(), { confidence: 0.5 })
    expect(narrow.high - narrow.low).toBeLessThan((wide.high - wide.low) / 2)
    expect(bootstrap(100, mean(values), stream())).toEqual([wide])
    expect(bootstrap(50, mean(share(50, 50)), stream())).toEqual([{ value: 1, low: 1, high: 1 }])
  })

  test('ends lie between the order statistics of the resamples', () => {
    // One clip of three is 1. A resample's share is k / 3 with the binomial probabilities 8, 12, 6, 1 of 27.
    const [{ low, high }] = bootstrap(3, mean([1, 0, 0]), stream(), { resamples: 4000, confidence: 0.9 })
    expect([low, high]).toEqual([0, 2 / 3])
  })

  test('no clips or no resamples are refused', () => {
    expect(() => bootstrap(0, mean([]), stream())).toThrow('at least one clip')
    for (const resamples of [0, Number.NaN])
      expect(() => bootstrap(1, mean([1]), stream(), { resamples })).toThrow('at least one resample')
  })

  test.each([0, 1, 1.5, Number.NaN])('a confidence of %d is refused', (confidence) => {
    expect(() => bootstrap(1, mean([1]), stream(), { confidence })).toThrow('between 0 and 1')
  })
})

describe('paired bootstrap', () => {
  const difference = (first: readonly number[], second: readonly number[]) =>
    mean(first.map((value, n) => value - second[n]))

  test('sees that a run is better by the same few clips, though its accuracy alone varies more', () => {
    const [{ value, low, pValue }] = pairedBootstrap(200, difference(share(120, 200), share(100, 200)), stream())
    expect(value).toBeCloseTo(0.1, 12)
    expect(low).toBeGreaterThan(0)
    expect(pValue).toBeLessThan(0.01)
  })

  test('finds no difference between equal runs, nor where as many clips are won as lost', () => {
    const same = pairedBootstrap(20, difference(share(10, 20), share(10, 20)), stream())
    expect(same).toEqual([{ value: 0, low: 0, high: 0, pValue: 1 }])
    const swapped = pairedBootstrap(40, difference(share(20, 40), share(20, 40).reverse()), stream())
    expect(swapped[0].pValue).toBeGreaterThan(0.5)
  })

  test('the p-value is that of the binomial of the clips that differ', () => {
    // Ten clips, one won: a resample contains it not at all with 0.9^10; then, and only then, the difference is not > 0.
    const [{ pValue }] = pairedBootstrap(10, mean(share(1, 10)), stream(), { resamples: 8000 })
    expect(pValue).toBeCloseTo(2 * 0.9 ** 10, 1)
  })
})

test('shares of right clips: of all, and the mean over the classes of the sample', () => {
  const shares = rightShares([1, 0, 1, 1], [0, 0, 0, 2], 3)
  expect(shares([0, 1, 2, 3])).toEqual([3 / 4, (2 / 3 + 1) / 2])
  expect(shares([1, 1, 0])).toEqual([1 / 3, 1 / 3])
})
