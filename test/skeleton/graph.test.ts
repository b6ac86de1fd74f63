import { describe, expect, it } from 'vitest'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { hopDistances, normalizeColumns, normalizeSymmetric } from '../../src/skeleton/edge-matrix.ts'
import { type Adjacency, graphAdjacency, stgcnAdjacency, symmetricEdges } from '../../src/skeleton/graph.ts'
import { kAdjacency, windowGraph } from '../../src/skeleton/k-adjacency.ts'
import { defineLayout } from '../../src/skeleton/layout.ts'
import { coco, layouts, nturgbD } from '../../src/skeleton/layouts/index.ts'

/** 0 - 1 - 2 - 3, the centre at joint 1. */
const chain = defineLayout({
  name: 'chain',
  dimensions: 3,
  joints: ['0', '1', '2', '3'],
  centre: 1,
  inward: [
    [0, 1],
    [2, 1],
    [3, 2],
  ],
})

const rows = ({ data, shape: [, size] }: Adjacency, k: number) =>
  Array.from({ length: size }, (_, row) =>
    Array.from(data.subarray((k * size + row) * size, (k * size + row + 1) * size)),
  )

describe('graphAdjacency', () => {
  it('has identity, inward and outward matrices with normalised columns in the mode spatial', () => {
    const A = graphAdjacency(chain, { mode: 'spatial' })
    expect(A.shape).toEqual([3, 4, 4])
    expect(rows(A, 1)).toEqual([
      [0, 0, 0, 0],
      [1, 0, 1, 0],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
    ])
    expect(rows(A, 2)).toEqual([
      [0, 0.5, 0, 0],
      [0, 0, 0, 0],
      [0, 0.5, 0, 0],
      [0, 0, 1, 0],
    ])
  })

  it('is symmetric without self loops in the mode binary_adj', () => {
    expect(rows(graphAdjacency(chain, { mode: 'binary_adj' }), 0)).toEqual([
      [0, 1, 0, 0],
      [1, 0, 1, 0],
      [0, 1, 0, 1],
      [0, 0, 1, 0],
    ])
  })

  it('sends links far from the centre to "close" in both directions with one hop', () => {
    const far = defineLayout({ ...chain, name: 'far', centre: 0 })
    const A = graphAdjacency(far, { mode: 'stgcn_spatial' })
    // Joints 2 and 3 are two and three links away from the centre: both infinitely far.
    expect([rows(A, 1)[2][3], rows(A, 1)[3][2]]).toEqual([0.5, 1 / 3])
    expect([rows(A, 2)[2][3], rows(A, 2)[3][2]]).toEqual([0, 0])
    expect(rows(A, 2)[0][1]).toBe(1 / 3)
  })

  it('parts all normalised links among its matrices, for every layout and several hops', () => {
    for (const layout of layouts) {
      for (const maxHop of [1, 2, 3]) {
        const parted = graphAdjacency(layout, { mode: 'stgcn_spatial', maxHop })
        const whole = stgcnAdjacency(layout, { strategy: 'uniform', maxHop })
        expect(parted.shape[0]).toBe(2 * maxHop + 1)
        const sum = new Float64Array(whole.data.length)
        parted.data.forEach((value, i) => {
          sum[i % sum.length] += value
        })
        expect(sum.findIndex((value, i) => value !== whole.data[i])).toBe(-1)
      }
    }
  })

  it('skips hops between multiples of the dilation', () => {
    const A = stgcnAdjacency(chain, { strategy: 'distance', maxHop: 2, dilation: 2 })
    expect(A.shape[0]).toBe(2)
    expect(rows(A, 1)).toEqual([
      [0, 0, 0.5, 0],
      [0, 0, 0, 0.5],
      [0.5, 0, 0, 0],
      [0, 0.5, 0, 0],
    ])
  })

  it.each([
    [{ dilation: 0 }, /dilation: [\s\S]*whole number from 1[\s\S]*0/],
    [{ dilation: -1 }, /dilation/],
    [{ dilation: 0.5 }, /dilation/],
    [{ maxHop: -1 }, /maxHop: [\s\S]*whole number from 0/],
    [{ maxHop: 5 }, /maxHop: [\s\S]*from 0 to 4/],
    [{ maxHop: Number.POSITIVE_INFINITY }, /maxHop/],
  ])('has no hops of %j', (hops, message) => {
    expect(() => stgcnAdjacency(chain, { strategy: 'distance', ...hops })).toThrow(message)
  })

  it('draws the matrices of the mode random from the stream, with several nodes per joint', () => {
    const options = { mode: 'random', numFilter: 8, nodeMultiple: 2 } as const
    const A = graphAdjacency(nturgbD, { ...options, stream: new CounterStream(1) })
    expect(A.shape).toEqual([8, 50, 50])
    const again = graphAdjacency(nturgbD, { ...options, stream: new CounterStream(1) })
    expect(A.data.every((value, i) => value === again.data[i])).toBe(true)
    const mean = A.data.reduce((sum, value) => sum + value, 0) / A.data.length
    expect(Math.abs(mean - 0.04)).toBeLessThan(0.001)
    expect(() => graphAdjacency(nturgbD, options)).toThrow(/random stream/)
    expect(() => graphAdjacency(nturgbD, { mode: 'spatial', nodeMultiple: 2 })).toThrow(/random only/)
    const stream = new CounterStream(1)
    expect(() => graphAdjacency(nturgbD, { ...options, stream, nodeMultiple: 1.5 })).toThrow(/nodeMultiple/)
    expect(() => graphAdjacency(nturgbD, { ...options, stream, numFilter: 0 })).toThrow(/numFilter/)
  })
})

describe('k-adjacency', () => {
  const matrix = symmetricEdges(chain)

  it('holds the pairs that are exactly k links apart, and the diagonal', () => {
    expect(Array.from(kAdjacency(matrix, 0).data)).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1])
    expect(Array.from(kAdjacency(matrix, 2).data)).toEqual([1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1])
    expect(Array.from(kAdjacency(matrix, 3, false).data)).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0])
  })

  it('covers every pair once over all k', () => {
    const sum = new Float64Array(17 * 17)
    for (let k = 0; k <= 17; k++) {
      kAdjacency(symmetricEdges(coco), k, false).data.forEach((value, i) => {
        sum[i] += value
      })
    }
    expect(sum.every((value) => value === 1)).toBe(true)
  })

  it('links every frame of a window with every other', () => {
    const window = windowGraph(matrix, 3)
    expect(window.size).toBe(12)
    expect(window.data[0 * 12 + 5]).toBe(1)
    expect(window.data[0 * 12 + 8]).toBe(1)
    expect(window.data[0 * 12 + 7]).toBe(0)
  })
})

describe('normalisation', () => {
  it('makes columns sum to one, or leaves them 0', () => {
    const { data } = normalizeColumns({ size: 2, data: Float64Array.of(3, 0, 1, 0) })
    expect(Array.from(data)).toEqual([0.75, 0, 0.25, 0])
  })

  it('divides by the roots of both degrees in the symmetric form', () => {
    const { data } = normalizeSymmetric({ size: 2, data: Float64Array.of(1, 1, 1, 3) })
    expect(data[0]).toBeCloseTo(1 / 2, 15)
    expect(data[1]).toBeCloseTo(1 / Math.sqrt(8), 15)
    expect(data[3]).toBeCloseTo(3 / 4, 15)
    expect(() => normalizeSymmetric({ size: 1, data: Float64Array.of(0) })).toThrow(/self loops/)
  })

  it('counts hops up to a bound', () => {
    expect(Array.from(hopDistances(symmetricEdges(chain)).data.subarray(0, 4))).toEqual([0, 1, 2, 3])
    expect(hopDistances(symmetricEdges(chain), 1).data[2]).toBe(Number.POSITIVE_INFINITY)
  })
})
