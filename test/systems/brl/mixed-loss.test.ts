import { describe, expect, it } from 'vitest'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { actionAwareWeights } from '../../../src/systems/brl/losses/action-aware.ts'
import { createLoss } from '../../../src/systems/brl/losses/create-loss.ts'
import type { EpochLoss } from '../../../src/systems/brl/losses/epoch-loss.ts'
import { type MixForm, mixedLoss } from '../../../src/systems/brl/mixed-loss.ts'
import { fed, runGraph } from '../../tensor/run-graph.ts'
import {
  crossEntropies,
  fedInputs,
  labels,
  labelsFed,
  logits,
  logitsFed,
  lossOf,
  weightedAverage,
} from './loss-values.ts'

const counts = [100, 40, 20, 10, 5]
const random = new CounterStream(0)
const loss = createLoss('action-aware', { classes: 5, counts })
const plain = createLoss('cross-entropy', { classes: 5 })
const labelsB = [3, 4, 0, 1, 2, 4]
const lambda = [0.64, 1, 0, 0.64, 0.25, 1]

async function mixed(used: EpochLoss, weights: readonly number[], form: MixForm, epoch = 23): Promise<number> {
  const inputs = {
    logits: logitsFed,
    labelA: labelsFed(labels),
    labelB: labelsFed(labelsB),
    lambda: fed([weights.length], weights),
    ...fedInputs(used, epoch, random),
  }
  const { value } = await runGraph(inputs, (t) => ({
    value: mixedLoss(used, t.logits, t.labelA, t.labelB, t.lambda, t, form),
  }))
  return value[0]
}

describe('loss of mixed clips', () => {
  it.each(['per-clip', 'batch'] as const)('%s: is the loss of label a where lambda is 1', async (form) => {
    const ones = lambda.map(() => 1)
    expect(await mixed(plain, ones, form)).toBeCloseTo(weightedAverage(crossEntropies(logits, labels)), 5)
    expect(await mixed(loss, ones, form)).toBeCloseTo(await lossOf(loss, 23, random), 5)
  })

  it.each(['per-clip', 'batch'] as const)('%s: is the loss of label b where lambda is 0', async (form) => {
    const zeros = lambda.map(() => 0)
    expect(await mixed(plain, zeros, form)).toBeCloseTo(weightedAverage(crossEntropies(logits, labelsB)), 5)
  })

  it('per-clip weighs each label of a clip by its class and its share', async () => {
    const weights = actionAwareWeights(counts)
    const values = [...crossEntropies(logits, labels), ...crossEntropies(logits, labelsB)]
    const shares = [
      ...labels.map((y, i) => lambda[i] * weights[y]),
      ...labelsB.map((y, i) => (1 - lambda[i]) * weights[y]),
    ]
    expect(await mixed(loss, lambda, 'per-clip')).toBeCloseTo(weightedAverage(values, shares), 5)
  })

  it('batch mixes the means of both labels by the first lambda', async () => {
    const weights = actionAwareWeights(counts)
    const meanOf = (y: readonly number[]) =>
      weightedAverage(
        crossEntropies(logits, y),
        y.map((label) => weights[label]),
      )
    const expected = 0.64 * meanOf(labels) + 0.36 * meanOf(labelsB)
    expect(await mixed(loss, lambda, 'batch')).toBeCloseTo(expected, 5)
  })
})
