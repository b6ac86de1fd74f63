import { describe, expect, it } from 'vitest'
import { crossEntropy, crossEntropyPerSample } from '../../../src/nn/index.ts'
import { f32, gradients, i32, reshape, slice, trace } from '../../../src/tensor/index.ts'
import { checkGradient } from '../../tensor/check-gradient.ts'
import { fed, randomFed, runGraph } from '../../tensor/run-graph.ts'
import { describeLosses } from './loss-cases.ts'

describeLosses('cross-entropy', {
  crossEntropy: ({ input, target, weight }, options) => crossEntropy(input, target, { ...options, weight }),
})

const logits = fed([4, 3], [2, -1, 0.5, 0.1, 0.2, -3, 1, 1, 1, -50, 60, 5])
const label = { shape: [4], data: Int32Array.of(0, 2, 1, 0) }
const weight = fed([3], [0.5, 2, 1.25])

/** torch.nn.functional.cross_entropy of PyTorch 2.9.1. */
const PYTORCH = {
  each: [0.241311, 3.86557, 1.098612, 110],
  mean: 28.801373,
  weighted: 14.623492,
  weightedGradient: [
    -0.025224, 0.004601, 0.020622, 0.136785, 0.151171, -0.287956, 0.156863, -0.313726, 0.156863, -0.117647, 0.117647, 0,
  ],
}

describe('cross entropy', () => {
  it('equals PyTorch, per sample, in the mean and weighted by class', async () => {
    const { each, mean, weighted, gradient } = await runGraph({ logits, label, weight }, (t) => {
      const weighted = crossEntropy(t.logits, t.label, { weight: t.weight })
      return {
        each: crossEntropyPerSample(t.logits, t.label),
        mean: crossEntropy(t.logits, t.label),
        weighted,
        gradient: gradients(weighted, [t.logits])[0]!,
      }
    })
    PYTORCH.each.forEach((value, i) => {
      expect(each[i]).toBeCloseTo(value, 5)
    })
    expect(mean[0]).toBeCloseTo(PYTORCH.mean, 5)
    expect(weighted[0]).toBeCloseTo(PYTORCH.weighted, 5)
    PYTORCH.weightedGradient.forEach((value, i) => {
      expect(gradient[i]).toBeCloseTo(value, 5)
    })
  })

  it('is a scalar whose gradient agrees with central differences', async () => {
    const inputs = { logits: randomFed([3, 4], 1, -2, 2), label: { shape: [3], data: Int32Array.of(3, 0, 3) } }
    await checkGradient(inputs, (t) => crossEntropy(t.logits, t.label))
    await checkGradient(
      { ...inputs, weight: randomFed([4], 2, 0.5, 2) },
      (t) => crossEntropy(t.logits, t.label, { weight: t.weight }),
      {
        targets: ['logits', 'weight'],
      },
    )
    await checkGradient(inputs, (t) => crossEntropyPerSample(t.logits, t.label))
  })

  it('is log(classes) for equal logits', async () => {
    const { loss } = await runGraph(
      { logits: fed([2, 5], Array(10).fill(7)), label: { shape: [2], data: Int32Array.of(0, 4) } },
      (t) => ({
        loss: crossEntropy(t.logits, t.label),
      }),
    )
    expect(loss[0]).toBeCloseTo(Math.log(5), 6)
  })

  it('of ignored samples alone is 0 as a sum and not a number as a mean', async () => {
    const label = { shape: [4], data: Int32Array.of(-1, -1, -1, -1) }
    const { total, mean, gradient } = await runGraph({ logits, label }, (t) => {
      const total = crossEntropy(t.logits, t.label, { ignoreIndex: -1, reduction: 'sum' })
      return {
        total,
        mean: crossEntropy(t.logits, t.label, { ignoreIndex: -1 }),
        gradient: gradients(total, [t.logits])[0]!,
      }
    })
    expect(total).toEqual([0])
    expect(mean).toEqual([Number.NaN])
    expect(gradient.every((value) => value === 0)).toBe(true)
  })

  it('refuses targets that do not fit the logits, and a label to ignore among probabilities', () => {
    const types = { logits: f32(4, 3), label: i32(3), probabilities: f32(4, 3) }
    trace(types, ({ logits, label, probabilities }) => {
      expect(() => crossEntropy(logits, label)).toThrow('f32[4, 3] and i32[3]')
      expect(() => crossEntropy(logits, reshape(slice(probabilities, 1, 0, 1), [4]))).toThrow('integer labels (N, ...)')
      expect(() => crossEntropy(logits, probabilities, { ignoreIndex: 0 })).toThrow('no label to ignore')
      return {}
    })
  })

  it('refuses a weight that is not one number per class, and smoothing that is no share', () => {
    trace({ logits: f32(4, 3), label: i32(4), weight: f32(5) }, ({ logits, label, weight }) => {
      expect(() => crossEntropy(logits, label, { weight })).toThrow(/a number per class[\s\S]*f32\[5\]/)
      for (const labelSmoothing of [-0.1, 1.1])
        expect(() => crossEntropy(logits, label, { labelSmoothing })).toThrow(/labelSmoothing[\s\S]*from 0 to 1/)
      return {}
    })
  })
})
