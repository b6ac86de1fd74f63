import { describe, it } from 'vitest'
import { klDivergence } from '../../../src/nn/index.ts'
import { checkGradient } from '../../tensor/check-gradient.ts'
import { randomFed } from '../../tensor/run-graph.ts'
import { describeLosses } from './loss-cases.ts'

describeLosses('kl-divergence', {
  klDivergence: ({ input, target }, options) => klDivergence(input, target, options),
})

describe('Kullback-Leibler divergence', () => {
  it('has a gradient of the target that agrees with central differences', async () => {
    const inputs = { input: randomFed([2, 3], 1, -3, -1), target: randomFed([2, 3], 2, 0.3, 0.7) }
    await checkGradient(inputs, ({ input, target }) => klDivergence(input, target))
  })
})
