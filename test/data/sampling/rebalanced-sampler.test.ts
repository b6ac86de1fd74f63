import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  classMultipliers,
  plainEpoch,
  rebalancedEpoch,
  shareLength,
  shareOf,
} from '../../../src/data/sampling/rebalanced-sampler.ts'
import { LegacyGenerator } from '../../../src/random/legacy-generator.ts'

const ordered = { shuffle: false }

describe('multipliers', () => {
  test('bring the last third of the classes up to the largest', () => {
    expect(classMultipliers([100, 77, 59, 46, 35, 27, 21, 16, 12, 10], 100)).toEqual([
      1,
      1,
      1,
      1,
      1,
      1,
      100 / 21,
      100 / 16,
      100 / 12,
      10,
    ])
  })

  test('an empty class of the tail is refused', () => {
    expect(() => classMultipliers([5, 1, 0], 5)).toThrow('class 2')
  })
})

describe('a re-balanced epoch', () => {
  test('repeats whole classes and adds a random part for the rest of the multiplier', () => {
    const labels = [1, 0, 1, 0, 0, 0]
    const epoch = rebalancedEpoch(labels, { multipliers: [1.5, 2], ...ordered }, new LegacyGenerator(0))
    expect(epoch.slice(0, 8)).toEqual([0, 2, 0, 2, 1, 3, 4, 5])
    expect(epoch).toHaveLength(10)
    expect(new Set(epoch.slice(8)).size).toBe(2)
    expect(epoch.slice(8).every((index) => labels[index] === 0)).toBe(true)
  })

  test('repeats before it rounds: 2.5 times over two repetitions is exactly 5', () => {
    expect(rebalancedEpoch([0], { multipliers: [2.5], times: 2, ...ordered }, new LegacyGenerator(0))).toEqual([
      0, 0, 0, 0, 0,
    ])
  })

  test('holds the same clips when it is shuffled', () => {
    const labels = Array.from({ length: 50 }, (_, i) => i % 5)
    const sampling = { multipliers: [1, 1, 1, 3, 4] }
    const sorted = (shuffle: boolean, seed: number) =>
      rebalancedEpoch(labels, { ...sampling, shuffle }, new LegacyGenerator(seed)).sort((a, b) => a - b)
    expect(sorted(true, 1)).toEqual(sorted(false, 2))
  })

  test('a class without a multiplier is refused', () => {
    expect(() => rebalancedEpoch([0, 2], { multipliers: [1, 1] }, new LegacyGenerator(0))).toThrow('class 2')
  })
})

describe('a plain epoch', () => {
  test('has every position of the repeated set once', () => {
    expect(plainEpoch(3, { times: 2, shuffle: false }, new LegacyGenerator(0))).toEqual([0, 1, 2, 3, 4, 5])
    expect(plainEpoch(3, { times: 2 }, new LegacyGenerator(0)).sort()).toEqual([0, 1, 2, 3, 4, 5])
  })
})

describe('shares of several processes', () => {
  test('are strided; the list is padded from its start', () => {
    expect([0, 1, 2].map((rank) => shareOf([10, 11, 12, 13], 3, rank))).toEqual([
      [10, 13],
      [11, 10],
      [12, 11],
    ])
  })

  test('are of equal length and hold every index', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 8 }), (length, replicas) => {
        const indices = Array.from({ length }, (_, i) => i)
        const shares = indices.slice(0, replicas).map((_, rank) => shareOf(indices, replicas, rank))
        for (const share of shares) expect(share).toHaveLength(shareLength(length, replicas))
        if (length >= replicas) expect(new Set(shares.flat()).size).toBe(length)
      }),
    )
  })
})
