import { describe, expect, it } from 'vitest'
import { balancedSoftmaxLoss, ldamLoss, ldamMargins } from '../../../src/nn/index.ts'
import { f32, gradients, i32, trace } from '../../../src/tensor/index.ts'
import { integersFed, randomFed, runGraph } from '../../tensor/run-graph.ts'
import { describeLosses } from './loss-cases.ts'

describeLosses('long-tail', {
  balancedSoftmaxLoss: ({ input, label }, { counts, ...options }) =>
    balancedSoftmaxLoss(input, label, counts!, options),
  ldamLoss: ({ input, label, weight }, { counts, ...options }) =>
    ldamLoss(input, label, counts!, { ...options, weight }),
})

describe('losses with counts of the classes', () => {
  it('refuse counts that are not one for each class of the logits', () => {
    trace({ logits: f32(2, 3), label: i32(2) }, ({ logits, label }) => {
      for (const loss of [balancedSoftmaxLoss, ldamLoss])
        for (const counts of [[5], [5, 4, 3, 2]])
          expect(() => loss(logits, label, counts), loss.name).toThrow('a number per class')
      return {}
    })
  })

  it('stay finite beside a class without clips, or refuse it where its margin would be infinite', async () => {
    const inputs = { logits: randomFed([2, 3]), label: integersFed([2], [0, 2]) }
    const { loss, gradient } = await runGraph(inputs, ({ logits, label }) => {
      const loss = balancedSoftmaxLoss(logits, label, [5, 0, 2])
      return { loss, gradient: gradients(loss, [logits])[0]! }
    })
    expect([...loss, ...gradient].every(Number.isFinite)).toBe(true)
    expect(() => ldamMargins([5, 0, 2])).toThrow(/class 1[\s\S]*a training clip or more/)
  })
})

describe('margins of the label-distribution-aware loss', () => {
  it('fall with the fourth root of the count, from the largest one', () => {
    expect(ldamMargins([16, 1, 81], 0.6)).toEqual([0.3, 0.6, 0.6 / 3].map((value) => expect.closeTo(value, 12)))
  })
})
