import { requireFloats } from '../element-type.ts'
import { shapeError, type Tensor } from '../tensor.ts'
import { multiply } from './arithmetic.ts'
import { cast } from './cast.ts'
import { constant } from './constant.ts'

/**
 * The matrices x (..., n, m) with 0 above a diagonal: the main one, or the one `diagonal` places above it
 * (torch.tril).
 */
export function lowerTriangle(x: Tensor, diagonal = 0): Tensor {
  return masked('lowerTriangle', x, (row, column) => column - row <= diagonal)
}

/** The matrices x (..., n, m) with 0 below a diagonal: the main one, or the one `diagonal` places above it (torch.triu). */
export function upperTriangle(x: Tensor, diagonal = 0): Tensor {
  return masked('upperTriangle', x, (row, column) => column - row >= diagonal)
}

function masked(name: string, x: Tensor, keeps: (row: number, column: number) => boolean): Tensor {
  requireFloats(name, [x])
  if (x.rank < 2) throw shapeError(name, [x], '(..., n, m)')
  const [rows, columns] = x.shape.slice(-2)
  const mask = Float32Array.from({ length: rows * columns }, (_, at) =>
    keeps(Math.floor(at / columns), at % columns) ? 1 : 0,
  )
  return multiply(x, cast(constant(mask, [rows, columns]), x.dtype))
}
