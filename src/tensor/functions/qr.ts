import { composite } from '../composite.ts'
import { requireFloats } from '../element-type.ts'
import { shapeError, type Tensor } from '../tensor.ts'
import { add, divide, multiply, negate, subtract } from './arithmetic.ts'
import { equal, less, where } from './comparison.ts'
import { full } from './constant.ts'
import { absolute, sqrt, square } from './elementwise.ts'
import { concat, expand, pad, slice, swapLastAxes } from './layout.ts'
import { matmul } from './linear.ts'
import { sum } from './reduction.ts'
import { solveTriangular } from './solve-triangular.ts'
import { lowerTriangle } from './triangular.ts'

/** a = q r with orthonormal columns of q (..., m, n) and upper triangular r (..., n, n). */
export interface QrFactors {
  readonly q: Tensor
  readonly r: Tensor
}

/**
 * Thin QR decomposition of a (..., m, n) with m >= n, for small n: Householder reflections, one per column.
 * No entry on the diagonal of r is negative, which makes the factors of a matrix of full rank unique. (LAPACK leaves the
 * signs to the reflections: its factors are these with some columns of q and the same rows of r negated.)
 * The gradient exists for full rank only and is infinite or NaN otherwise.
 */
export function qr(a: Tensor): QrFactors {
  const [m, n] = a.shape.slice(-2)
  requireFloats('qr', [a])
  if (a.rank < 2 || m < n) throw shapeError('qr', [a], '(..., m, n) with m >= n')
  const { reflections, r: triangular } = reduceToTriangle(a, n)
  const orthonormal = firstColumns(reflections, m)
  const [q, r] = composite([a], [orthonormal, triangular], ([dq, dr]) => [
    inputGradient(orthonormal, triangular, dq, dr),
  ])
  return { q, r }
}

/** The reflection I - scale v vᵀ of the rows from j on, and the sign that makes the diagonal positive. */
interface Reflection {
  readonly v: Tensor
  readonly scale: Tensor
  readonly sign: Tensor
}

function reduceToTriangle(a: Tensor, n: number): { reflections: Reflection[]; r: Tensor } {
  const reflections: Reflection[] = []
  const rows: Tensor[] = []
  let block = a
  for (let j = 0; j < n; j++) {
    const { reflection, length } = reflectionOf(slice(block, -1, 0, 1))
    reflections.push(reflection)
    const row = [length]
    if (j < n - 1) {
      const { v, scale, sign } = reflection
      const others = slice(block, -1, 1, n - j)
      const reflected = subtract(others, multiply(multiply(scale, v), matmul(swapLastAxes(v), others)))
      row.push(multiply(slice(reflected, -2, 0, 1), sign))
      block = slice(reflected, -2, 1, reflected.shape.at(-2)!)
    }
    rows.push(pad(concat(row, -1), -1, j, 0))
  }
  return { reflections, r: concat(rows, -2) }
}

/** The reflection that takes a column (..., rows, 1) to a multiple of the first axis; for zeros, none. */
function reflectionOf(x: Tensor): { reflection: Reflection; length: Tensor } {
  const rows = x.shape.at(-2)!
  const length = sqrt(sum(square(x), [-2]))
  const zero = equal(length, 0)
  const unit = divide(x, where(zero, 1, length))
  const head = slice(unit, -2, 0, 1)
  // Away from the column's own direction, so that nothing cancels.
  const sign = where(less(head, 0), -1, 1)
  const moved = where(zero, 0, add(head, sign))
  const v = rows === 1 ? moved : concat([moved, slice(unit, -2, 1, rows)], -2)
  const scale = divide(1, add(absolute(head), 1))
  return { reflection: { v, scale, sign: negate(sign) }, length }
}

/** The reflections applied, the last first, to the first columns of the unit matrix. */
function firstColumns(reflections: readonly Reflection[], m: number): Tensor {
  let inner: Tensor | undefined
  for (let j = reflections.length - 1; j >= 0; j--) {
    const { v, scale, sign } = reflections[j]
    const columns = reflections.length - j
    const top = pad(sign, -1, 0, columns - 1)
    const rest = m - j - 1
    const below = inner && pad(inner, -1, 1, 0)
    const zeros = () => expand(full([1, 1], 0, v.dtype), [...v.shape.slice(0, -2), rest, 1])
    const start = rest === 0 ? top : concat([top, below ?? zeros()], -2)
    inner = subtract(start, multiply(multiply(scale, v), matmul(swapLastAxes(v), start)))
  }
  return inner!
}

/**
 * (dQ + Q copyltu(M)) R⁻ᵀ with M = R dRᵀ - dQᵀ Q, where copyltu copies the lower triangle to the upper one
 * (Walter and Lehmann 2013; Liao et al. 2019).
 */
function inputGradient(q: Tensor, r: Tensor, dq: Tensor | undefined, dr: Tensor | undefined): Tensor {
  const fromR = dr && matmul(r, swapLastAxes(dr))
  const fromQ = dq && matmul(swapLastAxes(dq), q)
  const m = fromR && fromQ ? subtract(fromR, fromQ) : (fromR ?? negate(fromQ!))
  const symmetric = add(lowerTriangle(m), swapLastAxes(lowerTriangle(m, -1)))
  const product = matmul(q, symmetric)
  return swapLastAxes(solveTriangular(r, swapLastAxes(dq ? add(dq, product) : product)))
}
