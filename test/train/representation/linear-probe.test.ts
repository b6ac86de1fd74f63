import { describe, expect, it } from 'vitest'
import { BatchNorm, Dropout, Linear, Module, nameParts, Sgd, zeros } from '../../../src/nn/index.ts'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import type { Tensor } from '../../../src/tensor/index.ts'
import { traceFeatures, traceProbeStep } from '../../../src/train/representation/linear-probe.ts'

class Normalized extends Module {
  readonly bn = new BatchNorm(2)
  readonly drop = new Dropout(0.9)

  features(x: Tensor): Tensor {
    return this.drop.forward(this.bn.forward(x))
  }
}

describe('linear probe', () => {
  it('leaves the encoder as it is: running statistics, nothing dropped, nothing written', async () => {
    const encoder = nameParts(new Normalized())
    encoder.bn.weight!.values.fill(1)
    encoder.bn.running_mean!.values.set([1, 2])
    const graph = traceFeatures(encoder, [2, 2])
    expect(graph.state.some(({ next }) => next)).toBe(false)
    const step = await new CpuDevice({ threads: 1 }).compile(graph)
    const { features } = await step.run({ clip: Float32Array.of(1, 3, 2, 0) })
    for (const [i, expected] of [0, 1, 1, -2].entries()) expect(features[i]).toBeCloseTo(expected, 4)
    await step.release()
  })

  it('moves a head against the gradient of the mean cross entropy', async () => {
    const head = nameParts(new Linear(2, 2, zeros, zeros))
    const device = new CpuDevice({ threads: 1 })
    const step = await device.compile(traceProbeStep(head, new Sgd(head.parameters()), 2))
    const feeds = {
      features: Float32Array.of(1, 0, 0, 3),
      label: Int32Array.of(0, 1),
      learningRate: Float32Array.of(1),
    }
    const { loss } = await step.run(feeds)
    expect(loss[0]).toBeCloseTo(Math.log(2), 6)
    await device.pull(head.parameters())
    // dL/dW = (softmax - label)ᵀ x / N, where softmax is 1/2.
    for (const [i, expected] of [0.25, -0.75, -0.25, 0.75].entries())
      expect(head.weight.values[i]).toBeCloseTo(expected, 6)
    await step.release()
  })
})
