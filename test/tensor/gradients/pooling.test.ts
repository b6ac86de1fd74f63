import { describe, expect, it } from 'vitest'
import { constant, gradients, maxPool, multiply, sum } from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { fed, runGraph } from '../run-graph.ts'

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

  it('refuses a window that is longer than 1 along two axes', async () => {
    const run = runGraph({ x: distinct([1, 1, 4, 4]) }, ({ x }) => ({ d: gradients(sum(maxPool(x, [2, 2])), [x])[0]! }))
    await expect(run).rejects.toThrow('a window with one axis longer than 1')
  })
})
