import { composite } from '../composite.ts'
import { shapeError, type Tensor } from '../tensor.ts'
import { divide, negate, subtract } from './arithmetic.ts'
import { concat, slice, swapLastAxes } from './layout.ts'
import { matmul } from './linear.ts'
import { sumTo } from './reduction.ts'
import { lowerTriangle, upperTriangle } from './triangular.ts'

export interface TriangularOptions {
  /** Whether the entries above the diagonal count as 0, not those below it. */
  readonly lower?: boolean
}

/**
 * The x of a x = b for triangular a (..., n, n), whose other triangle is not read, and b (..., n, k); the other axes
 * broadcast. One step per row: for small n. A 0 on the diagonal gives infinities or NaN.
 */
export function solveTriangular(a: Tensor, b: Tensor, { lower = false }: TriangularOptions = {}): Tensor {
  const n = a.shape.at(-1)!
  if (a.rank < 2 || b.rank < 2 || a.shape.at(-2) !== n || b.shape.at(-2) !== n) {
    throw shapeError('solveTriangular', [a, b], 'a (..., n, n) and b (..., n, k)')
  }
  const x = lower ? forwardSubstitution(a, b, n) : backSubstitution(a, b, n)
  return composite([a, b], [x], ([d], needs) => {
    const db = solveTriangular(swapLastAxes(a), d!, { lower: !lower })
    const da = () => negate(matmul(db, swapLastAxes(x)))
    return [
      needs(0) ? sumTo(lower ? lowerTriangle(da()) : upperTriangle(da()), a.shape) : undefined,
      needs(1) ? sumTo(db, b.shape) : undefined,
    ]
  })[0]
}

function forwardSubstitution(a: Tensor, b: Tensor, n: number): Tensor {
  let solved: Tensor | undefined
  for (let i = 0; i < n; i++) {
    const x = solveRow(a, b, i, solved, 0)
    solved = solved ? concat([solved, x], -2) : x
  }
  return solved!
}

function backSubstitution(a: Tensor, b: Tensor, n: number): Tensor {
  let solved: Tensor | undefined
  for (let i = n - 1; i >= 0; i--) {
    const x = solveRow(a, b, i, solved, i + 1)
    solved = solved ? concat([x, solved], -2) : x
  }
  return solved!
}

/** Row i of the solution; `solved` are the rows from `first` on that it depends on. */
function solveRow(a: Tensor, b: Tensor, i: number, solved: Tensor | undefined, first: number): Tensor {
  const row = slice(a, -2, i, i + 1)
  const right = slice(b, -2, i, i + 1)
  const diagonal = slice(row, -1, i, i + 1)
  if (!solved) return divide(right, diagonal)
  const known = matmul(slice(row, -1, first, first + solved.shape.at(-2)!), solved)
  return divide(subtract(right, known), diagonal)
}
