import { describe, expect, it } from 'vitest'
import { gradients, logSoftmax, max, mean, multiply, softmax, sum } from '../../../src/tensor/index.ts'
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

describe('gradient of the largest value', () => {
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
  })

  it('is shared by equal maxima', async () => {
    const { d } = await runGraph({ x: fed([2, 3], [1, 4, 4, 2, 0, 1]) }, ({ x }) => ({
      d: gradients(sum(max(x, [1])), [x])[0]!,
    }))
    expect(d).toEqual([0, 0.5, 0.5, 1, 0, 0])
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
