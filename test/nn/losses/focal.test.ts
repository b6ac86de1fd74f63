import { describe, expect, it } from 'vitest'
import { crossEntropyPerSample, focalLoss, sigmoidFocalLoss } from '../../../src/nn/index.ts'
import { f32, gradients, i32, sum, trace } from '../../../src/tensor/index.ts'
import { fed, randomFed, runGraph } from '../../tensor/run-graph.ts'
import { describeLosses } from './loss-cases.ts'

describeLosses('focal', {
  focalLoss: ({ input, label, weight }, options) => focalLoss(input, label, { ...options, weight }),
  sigmoidFocalLoss: ({ input, target }, options) => sigmoidFocalLoss(input, target, options),
})

describe('focal loss', () => {
  it('refuses a weight that is not one number per class', () => {
    trace({ logits: f32(4, 3), label: i32(4), weight: f32(5) }, ({ logits, label, weight }) => {
      expect(() => focalLoss(logits, label, { weight })).toThrow('a number per class')
      return {}
    })
  })

  it('with gamma 0 is cross entropy', async () => {
    const inputs = { logits: randomFed([4, 3], 1, -2, 2), label: { shape: [4], data: Int32Array.of(0, 1, 2, 0) } }
    const { focal, plain } = await runGraph(inputs, (t) => ({
      focal: focalLoss(t.logits, t.label, { gamma: 0, reduction: 'none' }),
      plain: crossEntropyPerSample(t.logits, t.label),
    }))
    expect(focal).toEqual(plain)
  })

  it.each([0.5, 1, 2])('with gamma %d is finite for logits of any size', async (gamma) => {
    const inputs = {
      logits: fed([4, 2], [1e4, -1e4, -1e4, 1e4, 0, 0, 40, 0]),
      label: { shape: [4], data: Int32Array.of(0, 0, 1, 0) },
      target: fed([4, 2], [1, 0, 1, 0, 1, 0, 0, 1]),
    }
    const { loss, binary, gradient, dBinary } = await runGraph(inputs, ({ logits, label, target }) => {
      const loss = focalLoss(logits, label, { gamma, reduction: 'none' })
      const binary = sigmoidFocalLoss(logits, target, { gamma, reduction: 'none' })
      return {
        loss,
        binary,
        gradient: gradients(sum(loss), [logits])[0]!,
        dBinary: gradients(sum(binary), [logits])[0]!,
      }
    })
    expect([...loss, ...binary, ...gradient, ...dBinary].every(Number.isFinite)).toBe(true)
    expect(Math.abs(loss[0])).toBe(0)
    expect(loss[1]).toBeCloseTo(2e4, 0)
  })
})
