import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  constant,
  cosine,
  cosinePerEpoch,
  cosinePerIteration,
  linearWarmUp,
  multiStep,
  perEpoch,
  perFractionalEpoch,
  perIteration,
  relativeSteps,
  step,
} from '../../src/train/schedules.ts'

const rates = (schedule: (position: number) => number, positions: readonly number[]) => positions.map(schedule)

function expectRates(actual: readonly number[], expected: readonly number[]) {
  expect(actual).toHaveLength(expected.length)
  actual.forEach((rate, k) => {
    expect(Math.abs(rate - expected[k])).toBeLessThanOrEqual(1e-12 * Math.max(...expected))
  })
}

describe('step', () => {
  it('multiplies with the factor after every `size` positions', () => {
    expectRates(rates(step(1, 10, 0.5), [0, 9, 10, 19.9, 20, 30]), [1, 1, 0.5, 0.5, 0.25, 0.125])
  })
})

describe('multiStep', () => {
  it('multiplies at each milestone reached, as HaLP does', () => {
    expectRates(rates(multiStep(0.1, [2, 5]), [0, 1, 2, 3, 4, 5, 6]), [0.1, 0.1, 0.01, 0.01, 0.01, 0.001, 0.001])
  })

  it('does not mind the order of the milestones', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.nat(60), (milestones, epoch) => {
        const forwards = multiStep(1, milestones, 0.5)(epoch)
        expect(multiStep(1, [...milestones].reverse(), 0.5)(epoch)).toBe(forwards)
      }),
    )
  })
})

describe('relativeSteps', () => {
  it('takes the factor of the last start passed, as PoseAwareVT does', () => {
    const schedule = relativeSteps(0.005, [0, 11, 14], [1, 0.1, 0.01])
    expectRates(rates(schedule, [0, 0.5, 10.99, 11, 13.5, 14, 14.9]), [5e-3, 5e-3, 5e-3, 5e-4, 5e-4, 5e-5, 5e-5])
  })

  it('refuses lists that do not fit', () => {
    expect(() => relativeSteps(0.1, [0, 5], [1])).toThrow(/one factor for each/)
    expect(() => relativeSteps(0.1, [1, 5], [1, 0.1])).toThrow(/increase from 0/)
    expect(() => relativeSteps(0.1, [0, 5, 5], [1, 0.1, 0.2])).toThrow(/increase from 0/)
  })
})

describe('cosine', () => {
  it('is base/2 * (1 + cos(pi * position / total))', () => {
    const third = Math.cos(Math.PI / 3)
    expectRates(rates(cosine(0.4, 6), [0, 2, 3, 4, 6, 7]), [0.4, 0.2 * (1 + third), 0.2, 0.2 * (1 - third), 0, 0])
  })

  it('gives the rates of HaLP, made with its own code', () => {
    const expected = [0.01, 0.009330127018922194, 0.0075, 0.005, 0.0025000000000000014, 0.0006698729810778065]
    expectRates(rates(cosine(0.01, 6), [0, 1, 2, 3, 4, 5]), expected)
  })

  it('falls and stays between its ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (total, end) => {
        const schedule = cosine(1, total, end)
        const all = Array.from({ length: total + 3 }, (_, position) => schedule(position))
        expect(all.every((rate, k) => rate <= (all[k - 1] ?? 1) && rate >= end)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })
})

describe('linearWarmUp', () => {
  it('reaches the base rate at the end of the last warm-up epoch, as CTR-GCN and its successors do', () => {
    const schedule = linearWarmUp(multiStep(0.1, [35, 55]), { length: 5 })
    expectRates(rates(schedule, [0, 1, 2, 3, 4, 5, 34, 35, 55]), [0.02, 0.04, 0.06, 0.08, 0.1, 0.1, 0.1, 0.01, 0.001])
  })

  it('meets the schedule where it takes over, by fractional epoch, as PoseAwareVT does', () => {
    const schedule = linearWarmUp(cosine(0.02, 20, 1e-5), { length: 2, start: 0.001, counted: 'before' })
    const expected = [
      0.001, 0.005627702470092515, 0.014883107410277548, 0.019510809880370062, 0.016789613451601754, 0.010005,
      1.7705782773974607e-5,
    ]
    expectRates(rates(schedule, [0, 0.5, 1.5, 2, 5.25, 10, 19.75]), expected)
  })

  const iterations = [0, 1, 2, 100, 249, 250, 251, 1000, 2499, 2500, 4000, 4749, 4750, 4999, 5000, 5100]
  const warmUp = { length: 250, start: 1e-7, end: 1e-3, counted: 'before' } as const

  it('may leave a step where a cosine takes over that runs from the start of training, as SkateFormer does', () => {
    const expected = [
      1e-7, 4.0996e-6, 8.0992e-6, 0.00040006, 0.0009960004, 0.0009939057285945933, 0.0009938569782084274,
      0.000905463412215599, 0.0005053110176522414, 0.000505, 0.00010453658778440107, 1.614302179157273e-5,
      1.609427140540686e-5, 1.0000097709080377e-5, 1e-5, 1e-5,
    ]
    expectRates(rates(linearWarmUp(cosine(1e-3, 5000, 1e-5), warmUp), iterations), expected)
  })

  it('may shift the cosine to the end of the warm-up, as SkateFormer can', () => {
    const schedule = linearWarmUp(cosine(1e-3, 4750, 1e-5), { ...warmUp, shift: true })
    const expected = [
      1e-7, 4.0996e-6, 8.0992e-6, 0.00040006, 0.0009960004, 0.001, 0.0009999998917350913, 0.0009403395068472121,
      0.0005462030358758032, 0.0005458767760088046, 0.00011437544784878524, 1.6805147733102284e-5, 1.675115481565245e-5,
      1.0000108264908603e-5, 1e-5, 1e-5,
    ]
    expectRates(rates(schedule, iterations), expected)
  })

  it('of length 0 is the schedule itself', () => {
    expectRates(rates(linearWarmUp(step(1, 2), { length: 0 }), [0, 1, 2]), [1, 1, 0.1])
  })
})

describe('a learning rate of the training loop', () => {
  const position = { epoch: 2, iteration: 25, iterationsPerEpoch: 10 }

  it('looks at the epoch, the epoch with its fraction, or the iteration', () => {
    const identity = (at: number) => at
    expect(perEpoch(identity)(position)).toBe(2)
    expect(perFractionalEpoch(identity)(position)).toBe(2.5)
    expect(perIteration(identity)(position)).toBe(25)
    expect(perEpoch(constant(0.3))(position)).toBe(0.3)
  })

  it('has a cosine by epoch and by iteration', () => {
    expect(cosinePerEpoch(1, 4)(position)).toBeCloseTo(0.5, 15)
    expect(cosinePerIteration(1, 50)(position)).toBeCloseTo(0.5, 15)
    expect(cosinePerIteration(1, 100)(position)).toBeCloseTo(0.5 + Math.SQRT1_2 / 2, 15)
  })

  it('refuses rates and lengths that are none', () => {
    expect(() => constant(Number.NaN)).toThrow(/finite number >= 0/)
    expect(() => multiStep(-1, [])).toThrow(/found: {4}-1/)
    expect(() => cosine(1, 0)).toThrow(/number > 0/)
    expect(() => linearWarmUp(constant(1), { length: -1 })).toThrow(/warm-up/)
  })
})
