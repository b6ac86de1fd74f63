import { describe, expect, it } from 'vitest'
import {
  attentionWeights,
  initialize,
  MultiHeadAttention,
  nameParts,
  scaledDotProductAttention,
  TransformerEncoderLayer,
} from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { cast, f32, type Tensor, trace } from '../../src/tensor/index.ts'
import { checkGradient } from '../tensor/check-gradient.ts'
import { fed, randomFed, runGraph } from '../tensor/run-graph.ts'
import { describeLayers } from './layer-cases.ts'

describeLayers('attention', {
  MultiHeadAttention: {
    create: ([size, heads], options) => new MultiHeadAttention(size, heads, options),
    outputs(layer: MultiHeadAttention, { query, key = query, value = key, mask, keyPadding }) {
      const { output, weights } = layer.attend(query, key, value, { mask, keyPadding })
      return { output, weights }
    },
  },
})

describeLayers('transformer', {
  TransformerEncoderLayer: {
    create: ([size, heads], options) => new TransformerEncoderLayer(size, heads, options),
    outputs: (layer: TransformerEncoderLayer, { x, mask }: Record<string, Tensor>) => ({
      output: layer.forward(x, { mask }),
    }),
  },
})

describe('scaled dot-product attention', () => {
  const inputs = { q: randomFed([2, 3, 4], 1), k: randomFed([2, 5, 4], 2), v: randomFed([2, 5, 2], 3) }

  it('has gradients that agree with central differences, an added mask included', async () => {
    await checkGradient({ ...inputs, mask: randomFed([3, 5], 4) }, ({ q, k, v, mask }) =>
      scaledDotProductAttention(q, k, v, { mask }),
    )
  })

  it('is the mean of the values where all scores are equal', async () => {
    const { y } = await runGraph(
      { q: fed([1, 4], [0, 0, 0, 0]), k: randomFed([3, 4]), v: fed([3, 1], [1, 2, 6]) },
      ({ q, k, v }) => ({ y: scaledDotProductAttention(q, k, v) }),
    )
    expect(y[0]).toBeCloseTo(3, 6)
  })

  it('gives a forbidden key no weight, and looks at all alike where all are forbidden', async () => {
    const mask = { shape: [3, 5], data: Int32Array.of(1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1) }
    const { weights } = await runGraph({ ...inputs, mask }, ({ q, k, mask }) => ({
      weights: attentionWeights(q, k, { mask: cast(mask, 'bool') }),
    }))
    expect([1, 2, 4].map((key) => weights[key])).toEqual([0, 0, 0])
    expect(weights[0] + weights[3]).toBeCloseTo(1, 6)
    expect(weights.slice(5, 10)).toEqual(Array(5).fill(expect.closeTo(0.2, 6)))
  })

  it('is finite for scores of any size', async () => {
    const { y } = await runGraph({ q: fed([1, 1], [1e4]), k: fed([2, 1], [1, -1]), v: fed([2, 1], [3, 5]) }, (t) => ({
      y: scaledDotProductAttention(t.q, t.k, t.v),
    }))
    expect(y).toEqual([3])
  })
})

describe('multi-head attention', () => {
  it('refuses heads that do not divide its size, and inputs that are no sequences', () => {
    expect(() => new MultiHeadAttention(4, 3)).toThrow('do not divide its size')
    trace({ x: f32(3, 4) }, ({ x }) => {
      expect(() => new MultiHeadAttention(4, 2).forward(x)).toThrow('three axes: (N, L, C)')
      return {}
    })
  })

  it('starts as in PyTorch: projections uniform by Glorot, output by fan in, biases 0', () => {
    const { in_proj_weight, in_proj_bias, out_proj } = initialize(
      nameParts(new MultiHeadAttention(16, 2)),
      new CounterStream(1),
    )
    const largest = (values: Float32Array) => Math.max(...values.map(Math.abs))
    expect(largest(in_proj_weight!.values) / Math.sqrt(6 / 64)).toBeCloseTo(1, 1)
    expect(largest(out_proj.weight.values) / 0.25).toBeCloseTo(1, 1)
    expect([largest(in_proj_bias!.values), largest(out_proj.bias!.values)]).toEqual([0, 0])
  })
})

it.each([
  ['attention', (x: Tensor) => scaledDotProductAttention(x, x, x, { dropout: -0.1 })],
  ['multi-head attention', (x: Tensor) => new MultiHeadAttention(4, 2, { dropout: -0.1 }).forward(x)],
  ['a transformer encoder layer', (x: Tensor) => new TransformerEncoderLayer(4, 2, { dropout: -0.1 }).forward(x)],
])('%s refuses to drop less than nothing', (_, forward) => {
  expect(() => trace({ x: f32(2, 3, 4) }, ({ x }) => ({ y: forward(x) }))).toThrow('a probability from 0 to 1')
})

describe('a transformer encoder layer', () => {
  it('drops values as it trains only', async () => {
    const outputs = async (rate: number, training: boolean) => {
      const layer = initialize(
        nameParts(new TransformerEncoderLayer(4, 2, { feedForward: 8, dropout: rate })),
        new CounterStream(1),
      )
      return (await runGraph({ x: randomFed([2, 3, 4]) }, ({ x }) => ({ y: layer.forward(x) }), { training })).y
    }
    expect(await outputs(0.5, false)).toEqual(await outputs(0, true))
    expect(await outputs(0.5, true)).not.toEqual(await outputs(0, true))
  })
})
