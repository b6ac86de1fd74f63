import { hopDistances, type SquareMatrix, zeroMatrix } from './edge-matrix.ts'

/**
 * The k-adjacency of MS-G3D: 1 where the shortest way is exactly k links long, which is
 * min((A + I)^k, 1) - min((A + I)^(k-1), 1); the identity for k = 0.
 * @param matrix whole numbers, not negative
 * @param withSelf adds the identity (for k > 0)
 */
export function kAdjacency(matrix: SquareMatrix, k: number, withSelf = true): SquareMatrix {
  const distance = hopDistances(matrix, k)
  const { size } = matrix
  return {
    size,
    data: distance.data.map((hop, i) => {
      const self = withSelf && k > 0 && i % (size + 1) === 0 ? 1 : 0
      return (hop === k ? 1 : 0) + self
    }),
  }
}

/** The graph of `window` frames of MS-G3D: window x window blocks that all are A + I. */
export function windowGraph(matrix: SquareMatrix, window: number): SquareMatrix {
  const { size, data } = matrix
  const result = zeroMatrix(size * window)
  for (let row = 0; row < result.size; row++) {
    for (let column = 0; column < result.size; column++) {
      const i = row % size
      const j = column % size
      result.data[row * result.size + column] = data[i * size + j] + (i === j ? 1 : 0)
    }
  }
  return result
}
