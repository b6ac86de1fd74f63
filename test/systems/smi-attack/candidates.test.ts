import { describe, expect, it } from 'vitest'
import type { Vectors } from '../../../src/evaluate/features/vectors.ts'
import { candidates, keptCentres } from '../../../src/systems/smi-attack/candidates.ts'

const vectors = (...rows: number[][]): Vectors => ({
  data: Float64Array.from(rows.flat()),
  count: rows.length,
  size: 2,
})

const features = vectors([1, 0], [0, 1], [-1, 0])
const centres = vectors([0, 0.9], [0.9, 0], [-0.9, 0], [0.5, 0.5])

describe('what a clip is contrasted with', () => {
  it('are the centres without the nearest ones, nearest first', () => {
    expect(keptCentres(features, 0, centres, 1)).toEqual([3, 0, 2])
    expect(keptCentres(features, 2, centres, 2)).toEqual([3, 1])
  })

  it('is its own feature first, then those of its batch, then the centres', () => {
    const rows = Array.from(candidates(features, centres, 3), Math.fround)
    const row = (i: number, column: number) => rows.slice(2 * (4 * i + column), 2 * (4 * i + column) + 2)
    expect([0, 1, 2].map((i) => row(i, 0))).toEqual([
      [1, 0],
      [0, 1],
      [-1, 0],
    ])
    expect([row(2, 1), row(2, 2)]).toEqual([
      [0, 1],
      [1, 0],
    ])
    expect(row(0, 3)).toEqual([Math.fround(-0.9), 0])
  })

  it('is nothing when all centres are dropped', () => {
    expect(() => keptCentres(features, 0, centres, 4)).toThrow('fewer dropped centres than the 4 clusters')
  })
})
