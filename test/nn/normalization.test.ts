import { describe, expect, it } from 'vitest'
import { BatchNorm, GroupNorm, InstanceNorm, initialize, LayerNorm, type Module } from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { f32, gradients, multiply, sum, trace } from '../../src/tensor/index.ts'
import { runGraph } from '../tensor/run-graph.ts'
import { exactNormalization } from './exact-normalization.ts'
import { describeLayers } from './layer-cases.ts'

describeLayers('layer-norm', { LayerNorm: { create: ([shape], options) => new LayerNorm(shape, options) } })

describeLayers('group-norm', {
  GroupNorm: { create: ([groups, channels], options) => new GroupNorm(groups, channels, options) },
})

describeLayers('instance-norm', {
  InstanceNorm: { create: ([channels], options) => new InstanceNorm(channels, options) },
})

describeLayers('batch-norm', {
  BatchNorm: { create: ([channels], options) => new BatchNorm(channels, { ...options, twoPass: true }) },
})

describe.each([
  ['LayerNorm', [1, 1, 256], new LayerNorm(256)],
  ['GroupNorm', [1, 4, 64], new GroupNorm(1, 4)],
  ['InstanceNorm', [1, 1, 256], new InstanceNorm(1)],
] as const)('%s far from the origin', (_, shape, layer) => {
  it.each([
    [1000, 1],
    [-1000, 1],
    [500, 0.1],
  ])('is accurate at mean %d and deviation %d', async (mean, deviation) => {
    const stream = new CounterStream(1)
    initialize(layer, stream)
    const x = Float32Array.from({ length: 256 }, () => stream.normal(mean, deviation))
    const w = Float32Array.from({ length: 256 }, () => stream.uniform(-1, 1))
    const inputs = { x: { shape, data: x }, w: { shape, data: w } }
    const { y, dx } = await runGraph(inputs, (t) => {
      const y = layer.forward(t.x)
      return { y, dx: gradients(sum(multiply(y, t.w)), [t.x])[0]! }
    })
    const wanted = exactNormalization(x, w)
    // One rounding of a float32 number of that size, in units of the deviation.
    const rounding = (Math.abs(mean) / deviation) * 2 ** -24
    const worst = (a: readonly number[], b: readonly number[]) =>
      b.reduce((most, value, i) => Math.max(most, Math.abs(a[i] - value)), 0)
    expect(worst(y, wanted.y)).toBeLessThan(4 * rounding)
    expect(worst(dx, wanted.dx) * deviation).toBeLessThan(4 * rounding)
  })

  it('gives zeros and a finite gradient where nothing varies', async () => {
    const { y, dx } = await runGraph({ x: { shape, data: new Float32Array(256).fill(8) } }, ({ x }) => {
      const y = layer.forward(x)
      return { y, dx: gradients(sum(multiply(y, y)), [x])[0]! }
    })
    expect(y.every((value) => value === 0)).toBe(true)
    expect(dx.every(Number.isFinite)).toBe(true)
  })
})

describe('a normalisation', () => {
  it('refuses a tensor that it does not fit', () => {
    trace({ x: f32(2, 3, 4), matrix: f32(2, 3) }, ({ x, matrix }) => {
      expect(() => new LayerNorm(3).forward(x)).toThrow('x (..., 3)')
      expect(() => new LayerNorm([2, 2, 3, 4]).forward(x)).toThrow('x (..., 2, 2, 3, 4)')
      expect(() => new GroupNorm(2, 4).forward(x)).toThrow('x (N, 4, ...)')
      expect(() => new InstanceNorm(2).forward(x)).toThrow('x (N, 2, ...)')
      expect(() => new InstanceNorm(3).forward(matrix)).toThrow('an axis behind the channels')
      expect(() => new BatchNorm(4).forward(x)).toThrow('x (N, 4, ...)')
      return {}
    })
  })

  it('refuses groups that do not divide the channels', () => {
    expect(() => new GroupNorm(2, 3)).toThrow('do not divide its channels')
  })

  it('has the names of PyTorch, and only what its options ask for', () => {
    const names = (layer: Module) => [...layer.variables()].map(([name]) => name)
    expect(names(new BatchNorm(2, { momentum: null }))).toEqual([
      ...['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked'],
    ])
    expect(names(new BatchNorm(2, { affine: false, trackRunningStatistics: false }))).toEqual([])
    expect(names(new InstanceNorm(2))).toEqual([])
    expect(names(new InstanceNorm(2, { affine: true, trackRunningStatistics: true }))).toEqual([
      ...['weight', 'bias', 'running_mean', 'running_var'],
    ])
    expect(names(new LayerNorm(2, { bias: false }))).toEqual(['weight'])
    expect(names(new GroupNorm(1, 2, { affine: false }))).toEqual([])
  })
})
