import { describe, expect, it } from 'vitest'
import { BatchNorm, batchNorm } from '../../../src/nn/index.ts'
import { concat, gradients, multiply, read, reshape, split, sum } from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { randomFed, runGraph, type Tensors } from '../run-graph.ts'

const shapes = [
  [4, 2, 3],
  [2, 3, 3, 2],
  [6, 2],
  [5, 1, 1, 1],
] as const

/**
 * The gradient of x against central differences; those of weight and bias by linearity: y is linear in both together,
 * so that sum(y w) = weight * dWeight + bias * dBias.
 */
describe.each([true, false])('gradient of batch normalisation in training, twoPass %s', (twoPass) => {
  it.each(shapes.map((shape) => [shape]))('of x [%s]', async (shape) => {
    const layer = layerFor(shape[1], twoPass)
    await checkGradient({ x: randomFed(shape, 1, -1, 3) }, ({ x }) => layer.forward(x), {
      training: true,
      tolerance: 2e-3,
    })
  })

  it('of weight and bias', async () => {
    const layer = layerFor(3, twoPass)
    const results = await runGraph(
      { x: randomFed([4, 3, 2, 2]), w: randomFed([4, 3, 2, 2], 2) },
      parameterGradients(layer),
      {
        training: true,
      },
    )
    const total = results.loss[0]
    const byParameters = [0, 1, 2].reduce(
      (t, c) => t + layer.weight!.values[c] * results.dWeight[c] + layer.bias!.values[c] * results.dBias[c],
      0,
    )
    expect(byParameters).toBeCloseTo(total, 4)
    // The loss is linear in the bias with the channel sums of w as slopes.
    const w = randomFed([4, 3, 2, 2], 2).data
    for (let c = 0; c < 3; c++) {
      let slope = 0
      for (let n = 0; n < 4; n++) for (let i = 0; i < 4; i++) slope += w[(n * 3 + c) * 4 + i]
      expect(results.dBias[c]).toBeCloseTo(slope, 4)
    }
  })

  it('of several layers side by side equals that of each alone', async () => {
    const [first, second] = [layerFor(2, twoPass), layerFor(3, twoPass, 0.5)]
    const inputs = { x: randomFed([3, 5, 2, 2]), w: randomFed([3, 5, 2, 2], 2) }
    const options = { training: true }
    const joined = await runGraph(inputs, ({ x, w }) => outputAndGradient(x, batchNorm(x, [first, second]), w), options)
    const apart = await runGraph(
      inputs,
      ({ x, w }) => {
        const [a, b] = split(x, 1, [2, 3])
        return outputAndGradient(x, concat([first.forward(a), second.forward(b)], 1), w)
      },
      options,
    )
    for (const name of ['y', 'd']) {
      joined[name].forEach((value, i) => {
        expect(value).toBeCloseTo(apart[name][i], 5)
      })
    }
  })
})

describe('gradient of batch normalisation in evaluation', () => {
  it('is that of the affine map with the running statistics', async () => {
    const layer = layerFor(2, false)
    layer.running_mean!.values.set([0.3, -2])
    layer.running_var!.values.set([0.5, 4])
    await checkGradient({ x: randomFed([3, 2, 2, 2]) }, ({ x }) => layer.forward(x))
    const { d } = await runGraph({ x: randomFed([1, 2, 1]) }, ({ x }) => ({
      d: gradients(sum(layer.forward(x)), [x])[0]!,
    }))
    expect(d[0]).toBeCloseTo(layer.weight!.values[0] / Math.sqrt(0.5 + 1e-5), 5)
    expect(d[1]).toBeCloseTo(layer.weight!.values[1] / Math.sqrt(4 + 1e-5), 5)
  })

  it('reaches weight and bias, and no running statistic changes', async () => {
    const layer = layerFor(2, false)
    const inputs = { x: randomFed([3, 2, 2]), w: randomFed([3, 2, 2], 2) }
    const { loss, dWeight, dBias } = await runGraph(inputs, parameterGradients(layer))
    const linear = [0, 1].reduce(
      (t, c) => t + layer.weight!.values[c] * dWeight[c] + layer.bias!.values[c] * dBias[c],
      0,
    )
    expect(linear).toBeCloseTo(loss[0], 4)
  })
})

function layerFor(channels: number, twoPass: boolean, shift = 0): BatchNorm {
  const layer = new BatchNorm(channels, { twoPass })
  layer.weight!.values.forEach((_, c, values) => {
    values[c] = 1.5 - c * 0.7 + shift
  })
  layer.bias!.values.forEach((_, c, values) => {
    values[c] = 0.2 + c * 0.3
  })
  return layer
}

function parameterGradients(layer: BatchNorm) {
  return ({ x, w }: Tensors): Tensors => {
    const loss = sum(multiply(layer.forward(x), w))
    const [dWeight, dBias] = gradients(loss, [read(layer.weight!), read(layer.bias!)])
    return { loss: reshape(loss, []), dWeight: dWeight!, dBias: dBias! }
  }
}

function outputAndGradient(x: Tensors[string], y: Tensors[string], w: Tensors[string]): Tensors {
  return { y, d: gradients(sum(multiply(y, w)), [x])[0]! }
}
