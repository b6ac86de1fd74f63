import { describe, expect, it } from 'vitest'
import { type InterpolationOptions, interpolate, type Shape } from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { fed, randomFed, runGraph } from '../run-graph.ts'

describe('gradient of interpolation', () => {
  it.each<[string, Shape, readonly number[], InterpolationOptions]>([
    ['nearest, to a multiple', [1, 2, 3], [6], {}],
    ['nearest, to no multiple', [1, 2, 5, 2], [7, 3], {}],
    ['nearest, down', [1, 2, 7], [3], {}],
    ['linear', [1, 2, 4, 3], [7, 2], { mode: 'linear' }],
    ['linear, corners aligned', [1, 2, 4, 3], [7, 2], { mode: 'linear', alignCorners: true }],
    ['along the frames of clips', [1, 2, 4, 3, 2], [6], { mode: 'linear', axes: [2] }],
    ['along the last axis', [2, 4], [6], { mode: 'linear', axes: [-1] }],
  ])('%s', async (_, shape, sizes, options) => {
    await checkGradient({ x: randomFed(shape) }, ({ x }) => interpolate(x, sizes, options))
  })
})

describe('interpolation', () => {
  it('keeps a line a line where corners are aligned', async () => {
    const { y } = await runGraph({ x: fed([1, 1, 4], [0, 3, 6, 9]) }, ({ x }) => ({
      y: interpolate(x, [10], { mode: 'linear', alignCorners: true }),
    }))
    y.forEach((value, i) => {
      expect(value).toBeCloseTo(i, 5)
    })
  })

  it('gives the tensor itself where the length stays', async () => {
    await runGraph({ x: randomFed([1, 2, 5]) }, ({ x }) => {
      expect(interpolate(x, [5])).toBe(x)
      expect(interpolate(x, [5], { mode: 'linear' })).toBe(x)
      expect(interpolate(x, [5], { mode: 'linear', alignCorners: true })).toBe(x)
      return { x }
    })
  })

  it('takes entries as they are in nearest mode, next to one that is not finite', async () => {
    const { y } = await runGraph({ x: fed([1, 1, 3], [1, Number.POSITIVE_INFINITY, 2]) }, ({ x }) => ({
      y: interpolate(x, [5]),
    }))
    expect(y).toEqual([1, 1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 2])
  })
})
