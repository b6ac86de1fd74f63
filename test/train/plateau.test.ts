import { describe, expect, it } from 'vitest'
import { type PlateauOptions, plateauStart, plateauStep } from '../../src/train/plateau.ts'

/** The rate after each value. */
function ratesAfter(values: readonly number[], rate: number, options: PlateauOptions): number[] {
  let state = plateauStart(rate)
  return values.map((value) => {
    state = plateauStep(state, value, options)
    return state.rate
  })
}

describe('plateau, counted as PyTorch does', () => {
  it('reduces after more than `patience` values without improvement', () => {
    expect(ratesAfter([3, 2, 2, 2, 2, 1, 1], 1, { patience: 2, factor: 0.5 })).toEqual([1, 1, 1, 1, 0.5, 0.5, 0.5])
  })

  it('demands a relative improvement, or an absolute one', () => {
    const values = [100, 99.5, 99.2]
    expect(ratesAfter(values, 1, { patience: 0, threshold: 0.01 })).toEqual([1, 0.1, 0.010000000000000002])
    expect(ratesAfter(values, 1, { patience: 0, threshold: 0.2, thresholdMode: 'absolute' })).toEqual([1, 1, 1])
  })

  it('can watch an accuracy', () => {
    expect(ratesAfter([0.5, 0.6, 0.6, 0.7], 1, { patience: 0, mode: 'max' })).toEqual([1, 1, 0.1, 0.1])
  })

  it('does not wait while cooling, keeps above the minimum and leaves out tiny changes', () => {
    const values = [1, 1, 1, 1, 1, 1]
    expect(ratesAfter(values, 1, { patience: 0, cooldown: 2, factor: 0.5 })).toEqual([1, 0.5, 0.5, 0.5, 0.25, 0.25])
    expect(ratesAfter(values, 1, { patience: 0, factor: 0.5, minimumRate: 0.3 }).at(-1)).toBe(0.3)
    expect(ratesAfter(values, 1e-8, { patience: 0, factor: 0.5, smallestChange: 1e-8 }).at(-1)).toBe(1e-8)
  })

  it('counts a value that is not a number as no improvement', () => {
    expect(ratesAfter([Number.NaN, Number.NaN, 1], 1, { patience: 1 })).toEqual([1, 0.1, 0.1])
  })
})

describe('plateau, counted as Keras does', () => {
  it('reduces at the `patience`-th value without improvement and cools first', () => {
    const options = { patience: 2, cooldown: 2, factor: 0.5, counting: 'as-many-as' } as const
    // waited: 0, 1, 2 (reduce), cooling, 1 (cooling has just ended), 2 (reduce), cooling
    expect(ratesAfter([1, 1, 1, 1, 1, 1, 1], 1, options)).toEqual([1, 1, 0.5, 0.5, 0.5, 0.25, 0.25])
  })
})
