import { describe, expect, it } from 'vitest'
import {
  Conv1d,
  Conv2d,
  Conv3d,
  ConvTranspose1d,
  ConvTranspose2d,
  ConvTranspose3d,
  initialize,
  type Module,
  nameParts,
} from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import {
  convolution,
  f32,
  read,
  type Shape,
  type Tensor,
  trace,
  transposedConvolution,
} from '../../src/tensor/index.ts'
import { randomFed, runGraph } from '../tensor/run-graph.ts'

type Layer = Module & { forward(x: Tensor): Tensor }

function outputShape(layer: Layer, input: Shape): Shape {
  return trace({ x: f32(...input) }, ({ x }) => ({ y: layer.forward(x) })).outputs[0].tensor.shape
}

describe('convolutions', () => {
  it.each<[string, Layer, Shape, Shape, Shape]>([
    ['Conv1d', new Conv1d(4, 6, 3, { stride: 2, padding: 1, groups: 2 }), [6, 2, 3], [1, 4, 9], [1, 6, 5]],
    ['Conv2d', new Conv2d(2, 3, [5, 1], { dilation: [2, 1] }), [3, 2, 5, 1], [1, 2, 10, 4], [1, 3, 2, 4]],
    ['Conv3d', new Conv3d(2, 3, [1, 3, 2], { stride: [2, 1, 2] }), [3, 2, 1, 3, 2], [1, 2, 5, 4, 4], [1, 3, 3, 2, 2]],
    ['ConvTranspose1d', new ConvTranspose1d(4, 6, 3, { stride: 2, groups: 2 }), [4, 3, 3], [1, 4, 5], [1, 6, 11]],
    [
      'ConvTranspose2d',
      new ConvTranspose2d(2, 3, [4, 1], { stride: [2, 1], padding: [1, 0], outputPadding: [1, 0] }),
      [2, 3, 4, 1],
      [1, 2, 5, 4],
      [1, 3, 11, 4],
    ],
    ['ConvTranspose3d', new ConvTranspose3d(2, 1, [1, 2, 2]), [2, 1, 1, 2, 2], [1, 2, 3, 4, 5], [1, 1, 3, 5, 6]],
  ])('%s has the weight and the output of PyTorch', (_, layer, weight, input, output) => {
    const variables = Object.fromEntries([...layer.variables()].map(([name, { shape }]) => [name, shape]))
    expect(variables).toEqual({ weight, bias: [output[1]] })
    expect(outputShape(layer, input)).toEqual(output)
  })

  it('have no bias where none is wanted', () => {
    const layers = [new Conv1d(2, 3, 1, { bias: false }), new ConvTranspose1d(2, 3, 1, { bias: false })]
    for (const layer of layers) expect([...layer.variables()].map(([name]) => name)).toEqual(['weight'])
  })

  it('start within 1 / sqrt(fan in), weights and biases', () => {
    // PyTorch counts the second axis of the weight and the kernel as fan in, of transposed convolutions, too.
    const starts = [
      { layer: new Conv3d(8, 4, [1, 3, 3], { groups: 2 }), fanIn: 4 * 9 },
      { layer: new ConvTranspose1d(16, 8, 4), fanIn: 8 * 4 },
    ]
    for (const { layer, fanIn } of starts) {
      initialize(nameParts(layer), new CounterStream(1))
      const bound = 1 / Math.sqrt(fanIn)
      const largest = Math.max(...layer.weight.values.map(Math.abs))
      expect(largest).toBeLessThanOrEqual(bound)
      expect(largest).toBeGreaterThan(0.9 * bound)
      expect(Math.max(...layer.bias!.values.map(Math.abs))).toBeLessThanOrEqual(bound)
    }
  })

  it('compute with their weight, bias and options', async () => {
    const plain = initialize(
      nameParts(new Conv1d(2, 4, 3, { stride: 2, padding: 2, dilation: 2, groups: 2 })),
      random(),
    )
    const transposed = initialize(nameParts(new ConvTranspose1d(2, 4, 3, { stride: 2, outputPadding: 1 })), random())
    const results = await runGraph({ x: randomFed([1, 2, 7]) }, ({ x }) => ({
      plain: plain.forward(x),
      plainByHand: convolution(x, read(plain.weight), read(plain.bias!), {
        strides: [2],
        padding: [2, 2],
        dilations: [2],
        groups: 2,
      }),
      transposed: transposed.forward(x),
      transposedByHand: transposedConvolution(x, read(transposed.weight), read(transposed.bias!), {
        strides: [2],
        outputPadding: [1],
      }),
    }))
    expect(results.plain).toEqual(results.plainByHand)
    expect(results.transposed).toEqual(results.transposedByHand)
  })

  it('say that channels do not fall into groups', () => {
    expect(() => new Conv1d(4, 6, 3, { groups: 4 })).toThrow(/groups[\s\S]*multiples of 4[\s\S]*6 and 4/)
    expect(() => new ConvTranspose1d(4, 6, 3, { groups: 3 })).toThrow(/groups[\s\S]*multiples of 3[\s\S]*4 and 6/)
  })

  it('name a stride that is none', () => {
    expect(() => outputShape(new Conv1d(2, 2, 3, { stride: 0 }), [1, 2, 5])).toThrow(/strides[\s\S]*not \[0\]/)
  })
})

function random(): CounterStream {
  return new CounterStream('convolutions')
}
