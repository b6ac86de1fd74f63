import { describe, expect, it } from 'vitest'
import {
  type AveragePoolOptions,
  adaptiveAveragePool,
  averagePool,
  constant,
  gradients,
  type MaxPoolOptions,
  maxPool,
  multiply,
  type Shape,
  sum,
} from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { fed, randomFed, runGraph } from '../run-graph.ts'

/** Distinct values 0.1 apart, in no particular order. */
function distinct(shape: readonly number[]) {
  const count = shape.reduce((a, b) => a * b, 1)
  const stride = [7, 11, 13].find((candidate) => count % candidate !== 0)!
  return fed(
    shape,
    Array.from({ length: count }, (_, i) => ((i * stride) % count) / 10 - 1),
  )
}

describe('gradient of max pooling over time', () => {
  it.each([
    { frames: 6, kernel: 3, stride: 1, before: 1, after: 1 },
    { frames: 6, kernel: 3, stride: 2, before: 1, after: 1 },
    { frames: 7, kernel: 3, stride: 2, before: 1, after: 1 },
    { frames: 1, kernel: 3, stride: 2, before: 1, after: 1 },
    { frames: 2, kernel: 3, stride: 1, before: 1, after: 1 },
    { frames: 7, kernel: 2, stride: 2, before: 0, after: 0 },
    { frames: 7, kernel: 2, stride: 3, before: 0, after: 0 },
    { frames: 9, kernel: 2, stride: 4, before: 1, after: 0 },
    { frames: 6, kernel: 4, stride: 3, before: 2, after: 1 },
    { frames: 5, kernel: 5, stride: 1, before: 0, after: 0 },
    { frames: 5, kernel: 1, stride: 2, before: 0, after: 0 },
    { frames: 5, kernel: 1, stride: 1, before: 0, after: 0 },
  ])('%o', async ({ frames, kernel, stride, before, after }) => {
    await checkGradient({ x: distinct([2, 2, frames, 2]) }, ({ x }) =>
      maxPool(x, [kernel, 1], [stride, 1], [before, 0, after, 0]),
    )
  })

  it('over joints', async () => {
    await checkGradient({ x: distinct([1, 2, 2, 6]) }, ({ x }) => maxPool(x, [1, 3], [1, 2], [0, 1, 0, 0]))
  })

  it('of one and of three spatial axes, with strides as long as the window', async () => {
    await checkGradient({ x: distinct([2, 1, 6]) }, ({ x }) => maxPool(x, [2]))
    await checkGradient({ x: distinct([1, 2, 4, 2, 2]) }, ({ x }) => maxPool(x, [2, 1, 1]))
  })

  it('goes to the first of equal entries of a window', async () => {
    const weights = [1, 10, 100, 1000]
    const gradientOf = async (values: readonly number[], stride: number) => {
      const { d } = await runGraph({ x: fed([1, 1, 4, 1], values) }, ({ x }) => {
        const y = maxPool(x, [3, 1], [stride, 1], [1, 0, 1, 0])
        const w = constant(Float32Array.from(weights.slice(0, y.shape[2])), y.shape)
        return { d: gradients(sum(multiply(y, w)), [x])[0]! }
      })
      return d
    }
    // Windows [-, 0, 1], [0, 1, 2], [1, 2, 3], [2, 3, -].
    expect(await gradientOf([5, 5, 5, 5], 1)).toEqual([11, 100, 1000, 0])
    expect(await gradientOf([0, 5, 0, 5], 1)).toEqual([0, 111, 0, 1000])
    // Windows [-, 0, 1], [1, 2, 3].
    expect(await gradientOf([5, 5, 5, 5], 2)).toEqual([1, 10, 0, 0])
    expect(await gradientOf([-3, -3, -7, -3], 2)).toEqual([1, 10, 0, 0])
  })
})

describe('gradient of max pooling over several axes', () => {
  it.each<[string, Shape, Shape, Shape, Shape, MaxPoolOptions]>([
    ['windows that overlap', [1, 2, 4, 5], [3, 2], [1, 1], [1, 1, 1, 0], {}],
    ['strides that leave entries out', [1, 1, 7, 6], [2, 2], [3, 4], [0, 0, 0, 0], {}],
    ['one joint', [1, 2, 5, 1], [3, 3], [2, 2], [1, 1, 1, 1], {}],
    ['dilation', [1, 1, 7, 6], [2, 3], [2, 1], [1, 0, 0, 2], { dilations: [3, 2] }],
    ['dilation by the stride', [1, 1, 8, 2], [2, 1], [3, 1], [1, 0, 0, 0], { dilations: [3, 1] }],
    ['ceil mode', [1, 1, 6, 5], [3, 2], [2, 2], [0, 1, 0, 0], { ceilMode: true }],
    ['ceil mode with dilation', [1, 1, 6, 1], [3, 1], [3, 1], [0, 0, 0, 0], { ceilMode: true, dilations: [2, 1] }],
    ['three axes', [1, 1, 3, 4, 4], [2, 3, 2], [1, 2, 2], [1, 0, 0, 0, 1, 0], {}],
  ])('%s', async (_, shape, kernel, strides, padding, options) => {
    await checkGradient({ x: distinct(shape) }, ({ x }) => maxPool(x, kernel, strides, padding, options))
  })

  it('goes to the first of equal entries of a window, row by row', async () => {
    // Windows of 2 x 2: the maximum stands at [0][1] and [1][0], then at [1][0] and [1][1].
    const values = [1, 5, 2, 2, 5, 0, 7, 7]
    const { d } = await runGraph({ x: fed([1, 1, 2, 4], values) }, ({ x }) => ({
      d: gradients(sum(multiply(maxPool(x, [2, 2]), constant(Float32Array.of(10, 20), [1, 1, 1, 2]))), [x])[0]!,
    }))
    expect(d).toEqual([0, 10, 0, 0, 0, 0, 20, 0])
  })
})

describe('gradient of average pooling', () => {
  it.each<[string, Shape, Shape, Shape, Shape, AveragePoolOptions]>([
    ['windows side by side', [1, 2, 4, 6], [2, 3], [2, 3], [0, 0, 0, 0], {}],
    ['windows that overlap', [1, 1, 5, 4], [3, 2], [1, 1], [1, 0, 2, 1], {}],
    ['without the padding', [1, 1, 5, 4], [3, 2], [2, 1], [1, 1, 1, 1], { countIncludePad: false }],
    ['ceil mode', [1, 1, 6, 5], [3, 2], [2, 2], [0, 0, 0, 0], { ceilMode: true }],
    ['an input shorter than the window in ceil mode', [1, 1, 2, 1], [3, 2], [2, 2], [0, 0, 0, 0], { ceilMode: true }],
    ['every other entry', [1, 1, 5, 4], [1, 1], [2, 3], [0, 0, 0, 0], {}],
  ])('%s', async (_, shape, kernel, strides, padding, options) => {
    await checkGradient({ x: randomFed(shape) }, ({ x }) => averagePool(x, kernel, strides, padding, options))
  })

  it('over windows of adaptive sizes', async () => {
    await checkGradient({ x: randomFed([1, 2, 5, 4]) }, ({ x }) => adaptiveAveragePool(x, [3, 2]))
  })
})
