import { describe, expect, it } from 'vitest'
import { kMeans } from '../../../src/evaluate/features/k-means.ts'
import type { Vectors } from '../../../src/evaluate/features/vectors.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'

const vectors = (rows: readonly (readonly number[])[]): Vectors => ({
  data: Float64Array.from(rows.flat()),
  count: rows.length,
  size: rows[0].length,
})

/** Points around the corners of a large square. */
function corners(perCorner: number): Vectors {
  const stream = new CounterStream(3)
  const rows = [0, 100].flatMap((x) =>
    [0, 100].flatMap((y) =>
      Array.from({ length: perCorner }, () => [x + stream.uniform(-1, 1), y + stream.uniform(-1, 1)]),
    ),
  )
  return vectors(rows)
}

describe('k-means', () => {
  it('finds clusters that lie apart, with their means as centres', () => {
    const { centres, assignment, inertia } = kMeans(corners(10), 4, new CounterStream(1))
    for (let corner = 0; corner < 4; corner++) {
      const own = assignment.slice(10 * corner, 10 * corner + 10)
      expect(new Set(own).size).toBe(1)
      const [x, y] = [Math.floor(corner / 2) * 100, (corner % 2) * 100]
      expect(Math.hypot(centres[2 * own[0]] - x, centres[2 * own[0] + 1] - y)).toBeLessThan(1)
    }
    expect(new Set(assignment).size).toBe(4)
    expect(inertia).toBeLessThan(40 * 2)
  })

  it('ends where every centre is the mean of its vectors', () => {
    const { data, count } = corners(10)
    const { centres, assignment } = kMeans({ data, count, size: 2 }, 7, new CounterStream(2), { tolerance: 0 })
    for (let cluster = 0; cluster < 7; cluster++) {
      const members = [...assignment.keys()].filter((i) => assignment[i] === cluster)
      expect(members.length).toBeGreaterThan(0)
      for (const axis of [0, 1]) {
        const mean = members.reduce((sum, i) => sum + data[2 * i + axis] / members.length, 0)
        expect(centres[2 * cluster + axis]).toBeCloseTo(mean, 9)
      }
    }
  })

  it('is a pure function of the stream', () => {
    const all = Array.from({ length: 2 }, () => kMeans(corners(5), 6, new CounterStream(9)).centres)
    expect(all[0]).toEqual(all[1])
  })

  it('puts every vector into a cluster of its own where there are as many clusters', () => {
    const { inertia, assignment } = kMeans(corners(2), 8, new CounterStream(4))
    expect(inertia).toBe(0)
    expect(new Set(assignment).size).toBe(8)
  })

  it('divides equal vectors', () => {
    const { centres, inertia } = kMeans(vectors(Array(5).fill([2, 3])), 3, new CounterStream(5))
    expect(inertia).toBe(0)
    expect([...centres]).toEqual([2, 3, 2, 3, 2, 3])
  })

  it.each([0, -1, Number.NaN])('refuses %d starts', (restarts) => {
    expect(() => kMeans(corners(5), 4, new CounterStream(1), { restarts })).toThrow('at least one start')
  })

  it.each([0, 1.5, 21])('refuses %s clusters of 20 vectors', (clusters) => {
    expect(() => kMeans(corners(5), clusters, new CounterStream(1))).toThrow('1 to 20 clusters')
  })
})
