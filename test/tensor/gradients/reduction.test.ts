import { describe, expect, it } from 'vitest'
import {
  gradients,
  l1Norm,
  l2Norm,
  logSoftmax,
  logSumExp,
  max,
  mean,
  min,
  multiply,
  product,
  softmax,
  sum,
  type Tensor,
  variance,
} from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { fed, randomFed, runGraph } from '../run-graph.ts'

describe('gradient of sums and means', () => {
  it.each([
    [[2, 3, 2], [0]],
    [[2, 3, 2], [-1]],
    [
      [2, 3, 2],
      [0, 2],
    ],
    [
      [2, 3, 2],
      [0, 1, 2],
    ],
    [
      [1, 3, 1],
      [0, 2],
    ],
    [[1, 3, 1], [1]],
    [
      [2, 1, 2, 3],
      [2, 0],
    ],
    [[3], []],
  ])('of shape [%s] over axes [%s]', async (shape, axes) => {
    const x = randomFed(shape)
    await checkGradient({ x }, (t) => multiply(sum(t.x, axes), t.x))
    await checkGradient({ x }, (t) => mean(t.x, axes))
  })
})

describe('gradient of the largest and the smallest value', () => {
  const distinct = Array.from({ length: 12 }, (_, i) => ((i * 7) % 12) / 10)

  it.each([
    [[2, 3, 2], [1]],
    [
      [2, 3, 2],
      [0, -1],
    ],
    [[12], [0]],
    [[1, 12], [0]],
    [[12], []],
  ])('of shape [%s] over axes [%s]', async (shape, axes) => {
    await checkGradient({ x: fed(shape, distinct) }, ({ x }) => max(x, axes))
    await checkGradient({ x: fed(shape, distinct) }, ({ x }) => min(x, axes))
  })

  it('is shared by equal maxima', async () => {
    const { d } = await runGraph({ x: fed([2, 3], [1, 4, 4, 2, 0, 1]) }, ({ x }) => ({
      d: gradients(sum(max(x, [1])), [x])[0]!,
    }))
    expect(d).toEqual([0, 0.5, 0.5, 1, 0, 0])
  })
})

describe('gradient of other reductions', () => {
  type Reduction = (x: Tensor, axes: number[], options: { keepAxes: boolean }) => Tensor
  const reductions: Record<string, Reduction> = {
    product,
    logSumExp,
    l1Norm,
    l2Norm,
    variance,
    'biased variance': (x, axes, options) => variance(x, axes, { correction: 0, ...options }),
  }
  it.each(Object.entries(reductions))('%s', async (_, reduction) => {
    for (const [shape, axes] of [
      [[2, 3, 2], [1]],
      [
        [2, 3, 2],
        [0, -1],
      ],
      [[5], [0]],
      [
        [3, 1],
        [0, 1],
      ],
    ]) {
      // Away from 0, where the sum of absolute values has a kink.
      const x = randomFed(shape, 1, 0.3, 1.5)
      await checkGradient({ x }, (t) => reduction(t.x, axes, { keepAxes: shape.length < 3 }))
    }
  })

  it('product of factors of which some are 0', async () => {
    await checkGradient({ x: fed([2, 3], [0, 2, -1, 0, 0, 3]) }, ({ x }) => product(x, [1]))
  })

  it('is 0 for lengths of 0', async () => {
    const { d1, d2 } = await runGraph({ x: fed([2, 2], [0, 0, 3, -4]) }, ({ x }) => ({
      d1: gradients(sum(l1Norm(x, [1])), [x])[0]!,
      d2: gradients(sum(l2Norm(x, [1])), [x])[0]!,
    }))
    expect(d1).toEqual([0, 0, 1, -1])
    expect(d2).toEqual([0, 0, 0.6, -0.8].map(Math.fround))
  })

  it('is 0 for a sum of exponentials of -Infinity only', async () => {
    const { d } = await runGraph({ x: fed([2, 2], [-Infinity, -Infinity, -Infinity, 3]) }, ({ x }) => ({
      d: gradients(sum(logSumExp(x, [1])), [x])[0]!,
    }))
    expect(d).toEqual([0, 0, 0, 1])
  })
})

describe('gradient of softmax', () => {
  it.each([
    [[2, 4], 1],
    [[2, 4], 0],
    [[2, 3, 2], -2],
    [[2, 1], 1],
  ])('of shape [%s] along axis %s', async (shape, axis) => {
    const x = randomFed(shape, 1, -2, 2)
    await checkGradient({ x }, (t) => softmax(t.x, axis))
    await checkGradient({ x }, (t) => logSoftmax(t.x, axis))
  })

  it('stays finite for logits that are far apart', async () => {
    const { y, d } = await runGraph({ x: fed([1, 3], [1000, 0, -1000]) }, ({ x }) => {
      const y = logSoftmax(x)
      return { y, d: gradients(sum(y), [x])[0]! }
    })
    expect(y).toEqual([0, -1000, -2000])
    expect(d).toEqual([-2, 1, 1])
  })
})
