import { describe, expect, it } from 'vitest'
import { matmul, qr, type Shape, solveTriangular, swapLastAxes } from '../../src/tensor/index.ts'
import { type Fed, fed, randomFed, runGraph } from './run-graph.ts'

/** q, r, q r and qᵀ q of one matrix or several. */
function decomposed(a: Fed) {
  return runGraph({ a }, ({ a }) => {
    const { q, r } = qr(a)
    return { q, r, product: matmul(q, r), squared: matmul(swapLastAxes(q), q) }
  })
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length)
  // NaN stays the largest.
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0)
}

function unit(n: number, copies = 1): number[] {
  return Array.from({ length: copies * n * n }, (_, i) => (Math.floor(i / n) % n === i % n ? 1 : 0))
}

describe('qr', () => {
  it.each([[[4, 3]], [[3, 3]], [[2, 3, 5, 2]], [[1, 1]], [[7, 1]], [[16, 10]]] as [Shape][])(
    'of a [%s]: orthonormal times triangular, no negative diagonal',
    async (shape) => {
      const a = randomFed(shape)
      const n = shape.at(-1)!
      const { r, product, squared } = await decomposed(a)
      expect(largestDifference(product, a.data as Float32Array)).toBeLessThan(1e-5)
      expect(largestDifference(squared, unit(n, squared.length / n / n))).toBeLessThan(1e-5)
      r.forEach((value, i) => {
        const below = (Math.floor(i / n) % n) - (i % n)
        if (below > 0) expect(value).toBe(0)
        if (below === 0) expect(value).toBeGreaterThanOrEqual(0)
      })
    },
  )

  it('keeps the columns orthonormal where the matrix has not full rank', async () => {
    const a = fed([4, 3], [1, 2, 0, 2, 4, 0, -1, -2, 0, 3, 6, 0])
    const { product, squared } = await decomposed(a)
    expect(largestDifference(product, a.data as Float32Array)).toBeLessThan(1e-5)
    expect(largestDifference(squared, unit(3))).toBeLessThan(1e-5)
  })

  it('keeps them so for nearly parallel columns', async () => {
    const a = fed([4, 2], [1, 1, 1, 1.00001, 1, 0.99999, 1, 1])
    const { product, squared } = await decomposed(a)
    expect(largestDifference(product, a.data as Float32Array)).toBeLessThan(1e-6)
    expect(largestDifference(squared, unit(2))).toBeLessThan(1e-6)
  })

  it('is itself for a triangular matrix with a positive diagonal', async () => {
    const { q, r } = await decomposed(fed([2, 2], [2, 5, 0, 3]))
    expect(largestDifference(q, unit(2))).toBeLessThan(1e-6)
    expect(largestDifference(r, [2, 5, 0, 3])).toBeLessThan(1e-6)
  })

  it('gives NaN for NaN', async () => {
    const { q, r } = await decomposed(fed([2, 2], [1, NaN, 0, 3]))
    expect(q.some(Number.isNaN)).toBe(true)
    expect(r.some(Number.isNaN)).toBe(true)
  })
})

describe('solveTriangular', () => {
  it('does not read the other triangle', async () => {
    const inputs = { a: fed([2, 2], [2, 4, NaN, 5]), b: fed([2, 1], [10, 5]) }
    const { x } = await runGraph(inputs, ({ a, b }) => ({ x: solveTriangular(a, b) }))
    expect(x).toEqual([3, 1])
    const lower = { a: fed([2, 2], [2, NaN, 4, 5]), b: fed([2, 1], [10, 5]) }
    const below = await runGraph(lower, ({ a, b }) => ({ x: solveTriangular(a, b, { lower: true }) }))
    expect(below.x).toEqual([5, -3])
  })
})
