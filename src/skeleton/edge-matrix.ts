import { OssatureError } from '../errors.ts'
import type { JointPair } from './layout.ts'

/** A square matrix, row-major, in double precision. */
export interface SquareMatrix {
  readonly data: Float64Array
  readonly size: number
}

/** All entries 0. */
export function zeroMatrix(size: number): SquareMatrix {
  return { data: new Float64Array(size * size), size }
}

/** Ones on the diagonal. */
export function identityMatrix(size: number): SquareMatrix {
  const matrix = zeroMatrix(size)
  for (let i = 0; i < size; i++) matrix.data[i * size + i] = 1
  return matrix
}

/** The 0/1 matrix of directed links: a link (i, j) sets the entry in row j, column i. */
export function edgeMatrix(links: readonly JointPair[], size: number): SquareMatrix {
  const matrix = zeroMatrix(size)
  for (const [i, j] of links) matrix.data[j * size + i] = 1
  return matrix
}

/** The same links in the other direction. */
export function reversed(links: readonly JointPair[]): JointPair[] {
  return links.map(([i, j]) => [j, i] as const)
}

/** Every column divided by its sum; columns that sum to 0 stay 0. A D^-1 with column degrees, the form of PYSKL. */
export function normalizeColumns(matrix: SquareMatrix): SquareMatrix {
  const { size, data } = matrix
  const result = zeroMatrix(size)
  for (let column = 0; column < size; column++) {
    let sum = 0
    for (let row = 0; row < size; row++) sum += data[row * size + column]
    if (sum <= 0) continue
    const factor = 1 / sum
    for (let row = 0; row < size; row++) result.data[row * size + column] = data[row * size + column] * factor
  }
  return result
}

/** D^-1/2 A D^-1/2 with row degrees, the form of the MS-G3D authors. Every row must have a positive sum. */
export function normalizeSymmetric(matrix: SquareMatrix): SquareMatrix {
  const { size, data } = matrix
  const scale = new Float64Array(size)
  for (let row = 0; row < size; row++) {
    let degree = 0
    for (let column = 0; column < size; column++) degree += data[row * size + column]
    if (!(degree > 0)) {
      throw new OssatureError('symmetric normalisation of a row without links', {
        where: `row ${row}`,
        expected: 'a positive sum',
        found: String(degree),
        hint: 'Add self loops first.',
      })
    }
    scale[row] = 1 / Math.sqrt(degree)
  }
  return { size, data: data.map((value, i) => scale[Math.floor(i / size)] * value * scale[i % size]) }
}

/** Number of links on the shortest way from row to column, following entries that are not 0; Infinity beyond `maxHop`. */
export function hopDistances(matrix: SquareMatrix, maxHop = Number.POSITIVE_INFINITY): SquareMatrix {
  const { size, data } = matrix
  const distances: SquareMatrix = { size, data: new Float64Array(size * size).fill(Number.POSITIVE_INFINITY) }
  for (let start = 0; start < size; start++) {
    distances.data[start * size + start] = 0
    let front = [start]
    for (let hop = 1; hop <= maxHop && front.length > 0; hop++) {
      const next: number[] = []
      for (const joint of front) {
        for (let other = 0; other < size; other++) {
          if (data[joint * size + other] === 0 || distances.data[start * size + other] <= hop) continue
          distances.data[start * size + other] = hop
          next.push(other)
        }
      }
      front = next
    }
  }
  return distances
}
