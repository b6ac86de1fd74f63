import { describe, expect, it } from 'vitest'
import { pairwiseDistance, tripletMarginLoss } from '../../../src/nn/index.ts'
import { f32, gradients, sum, trace } from '../../../src/tensor/index.ts'
import { fed, runGraph } from '../../tensor/run-graph.ts'
import { describeLosses } from './loss-cases.ts'

describeLosses('triplet-margin', {
  tripletMarginLoss: ({ input, positive, negative }, options) => tripletMarginLoss(input, positive, negative, options),
})

describe('pairwise distance', () => {
  it('is the p-norm of the difference, of infinite p the largest one', async () => {
    const inputs = { a: fed([1, 3], [3, 0, 4]), b: fed([1, 3], [0, 0, 0]) }
    const distances = await runGraph(inputs, ({ a, b }) => {
      const largest = pairwiseDistance(a, b, { p: Number.POSITIVE_INFINITY, epsilon: 0 })
      return {
        one: pairwiseDistance(a, b, { p: 1, epsilon: 0 }),
        two: pairwiseDistance(a, b, { epsilon: 0 }),
        three: pairwiseDistance(a, b, { p: 3, epsilon: 0 }),
        largest,
        gradient: gradients(sum(largest), [a])[0]!,
      }
    })
    expect(distances.one).toEqual([7])
    expect(distances.two).toEqual([5])
    expect(distances.three[0]).toBeCloseTo(Math.cbrt(91), 5)
    expect(distances.largest).toEqual([4])
    expect(distances.gradient).toEqual([0, 0, 1])
  })

  it('refuses an exponent that gives no norm', () => {
    trace({ a: f32(2, 3) }, ({ a }) => {
      for (const p of [0.5, 0, Number.NaN]) expect(() => pairwiseDistance(a, a, { p })).toThrow(/1 or more/)
      return {}
    })
  })
})
