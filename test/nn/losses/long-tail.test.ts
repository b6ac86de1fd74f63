import { describe, expect, it } from 'vitest'
import { balancedSoftmaxLoss, ldamLoss, ldamMargins } from '../../../src/nn/index.ts'
import { describeLosses } from './loss-cases.ts'

describeLosses('long-tail', {
  balancedSoftmaxLoss: ({ input, label }, { counts, ...options }) =>
    balancedSoftmaxLoss(input, label, counts!, options),
  ldamLoss: ({ input, label, weight }, { counts, ...options }) =>
    ldamLoss(input, label, counts!, { ...options, weight }),
})

describe('margins of the label-distribution-aware loss', () => {
  it('fall with the fourth root of the count, from the largest one', () => {
    expect(ldamMargins([16, 1, 81], 0.6)).toEqual([0.3, 0.6, 0.6 / 3].map((value) => expect.closeTo(value, 12)))
  })
})
