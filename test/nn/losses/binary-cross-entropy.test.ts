import { describe, it } from 'vitest'
import { binaryCrossEntropy, binaryCrossEntropyWithLogits } from '../../../src/nn/index.ts'
import { checkGradient } from '../../tensor/check-gradient.ts'
import { randomFed } from '../../tensor/run-graph.ts'
import { describeLosses } from './loss-cases.ts'

describeLosses('binary-cross-entropy', {
  binaryCrossEntropy: ({ input, target, weight }, options) => binaryCrossEntropy(input, target, { ...options, weight }),
  binaryCrossEntropyWithLogits: ({ input, target, weight, positiveWeight }, options) =>
    binaryCrossEntropyWithLogits(input, target, { ...options, weight, positiveWeight }),
})

describe('binary cross entropy', () => {
  it('has gradients of all inputs that agree with central differences', async () => {
    const inputs = { target: randomFed([3, 2], 1, 0.2, 0.8), weight: randomFed([3, 1], 2, 0.5, 2) }
    await checkGradient({ ...inputs, input: randomFed([3, 2], 3, 0.3, 0.7) }, ({ input, target, weight }) =>
      binaryCrossEntropy(input, target, { weight, reduction: 'none' }),
    )
    await checkGradient(
      { ...inputs, input: randomFed([3, 2], 3, -2, 2), positiveWeight: randomFed([2], 4, 0.5, 3) },
      ({ input, target, weight, positiveWeight }) =>
        binaryCrossEntropyWithLogits(input, target, { weight, positiveWeight, reduction: 'none' }),
    )
  })
})
