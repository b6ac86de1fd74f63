import { describe, expect, it } from 'vitest'
import { lowerTriangle, upperTriangle } from '../../src/tensor/index.ts'
import { checkGradient } from './check-gradient.ts'
import { fed, randomFed, runGraph } from './run-graph.ts'

describe('triangles of matrices', () => {
  const x = fed([3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9])

  it.each([
    [-1, [0, 0, 0, 4, 0, 0, 7, 8, 0], [1, 2, 3, 4, 5, 6, 0, 8, 9]],
    [0, [1, 0, 0, 4, 5, 0, 7, 8, 9], [1, 2, 3, 0, 5, 6, 0, 0, 9]],
    [1, [1, 2, 0, 4, 5, 6, 7, 8, 9], [0, 2, 3, 0, 0, 6, 0, 0, 0]],
  ])('keep what is on or beside diagonal %s', async (diagonal, lower, upper) => {
    const found = await runGraph({ x }, ({ x }) => ({
      lower: lowerTriangle(x, diagonal),
      upper: upperTriangle(x, diagonal),
    }))
    expect(found).toEqual({ lower, upper })
  })

  it('have the gradient of what they keep', async () => {
    await checkGradient({ x: randomFed([2, 2, 3]) }, ({ x }) => lowerTriangle(x))
    await checkGradient({ x: randomFed([2, 3, 2]) }, ({ x }) => upperTriangle(x, -1))
  })
})
