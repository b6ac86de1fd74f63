import { describe, expect, it } from 'vitest'
import { nearestNeighbours } from '../../../src/evaluate/features/nearest-neighbours.ts'

const features = (rows: number[][]) => ({
  data: Float32Array.from(rows.flat()),
  count: rows.length,
  size: rows[0]?.length ?? 0,
})

// Directions at 0, 30, 90 and 180 degrees; lengths do not count.
const known = features([
  [3, 0],
  [Math.sqrt(3), 1],
  [0, 0.1],
  [-5, 0],
])
const labels = [0, 1, 1, 2]

describe('nearest neighbours', () => {
  it('gives the class of the most similar direction', () => {
    const { data } = nearestNeighbours(features([[7, 0.1]]), known, labels, 3, { neighbours: 1 })
    expect([...data]).toEqual([1, 0, 0])
  })

  it('counts equal votes without a temperature', () => {
    const { data } = nearestNeighbours(features([[1, 0]]), known, labels, 3, { neighbours: 3 })
    expect(data[0]).toBeCloseTo(1 / 3, 12)
    expect(data[1]).toBeCloseTo(2 / 3, 12)
  })

  it('weights votes by exp(cosine / temperature)', () => {
    const { data } = nearestNeighbours(features([[1, 0]]), known, labels, 3, { neighbours: 3, temperature: 0.5 })
    const votes = [1, Math.sqrt(3) / 2, 0].map((cosine) => Math.exp(cosine / 0.5))
    const total = votes[0] + votes[1] + votes[2]
    expect(data[0]).toBeCloseTo(votes[0] / total, 6)
    expect(data[1]).toBeCloseTo((votes[1] + votes[2]) / total, 6)
  })

  it('asks everybody where there are fewer than wanted', () => {
    const { data } = nearestNeighbours(features([[0, 1]]), known, labels, 3, { neighbours: 20 })
    expect(data[2]).toBeCloseTo(1 / 4, 12)
  })

  it('stays finite at a small temperature', () => {
    const { data } = nearestNeighbours(features([[1, 0]]), known, labels, 3, { temperature: 1e-4 })
    expect([...data]).toEqual([1, 0, 0])
  })

  it('lets the first of equally similar ones vote', () => {
    const twins = features([
      [1, 0],
      [2, 0],
    ])
    const { data } = nearestNeighbours(features([[1, 0]]), twins, [1, 0], 2, { neighbours: 1 })
    expect([...data]).toEqual([0, 1])
  })

  it('compares features of any length', () => {
    const dimension = 130_000
    const from = (...starts: number[]) => {
      const data = new Float32Array(starts.length * dimension)
      starts.forEach((start, n) => {
        data.fill(1, n * dimension + start, (n + 1) * dimension)
      })
      return { data, count: starts.length, size: dimension }
    }
    const { data } = nearestNeighbours(from(0), from(dimension / 2, 1), [0, 1], 2, { neighbours: 1 })
    expect([...data]).toEqual([0, 1])
  })

  it('refuses features of another length, nobody to ask, and wrong labels', () => {
    expect(() => nearestNeighbours(features([[1, 0, 0]]), known, labels, 3)).toThrow('different lengths')
    expect(() => nearestNeighbours(features([[1, 0]]), features([]), [], 3)).toThrow('at least one known sample')
    expect(() => nearestNeighbours(features([[1, 0]]), known, [0, 1, 1, 3], 3)).toThrow('no class index')
    expect(() => nearestNeighbours(features([[1, 0]]), known, labels, 3, { neighbours: 0 })).toThrow('above 0')
  })
})
