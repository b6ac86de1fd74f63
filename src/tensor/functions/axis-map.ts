import { normalizeAxis } from '../broadcast.ts'
import { type Shape, sizeOf, type Tensor } from '../tensor.ts'
import { cast } from './cast.ts'
import { constant } from './constant.ts'
import { reshape, swapLastAxes } from './layout.ts'
import { matmul } from './linear.ts'

/** Share that entry `from` of an axis has in entry `to` of the result. */
export type Weighting = (to: number, from: number) => number

/** A constant linear map along one axis: entry i of the result, of `length`, is the sum of weight(i, j) * entry j. */
export function mapAxis(x: Tensor, axis: number, length: number, weight: Weighting): Tensor {
  const at = normalizeAxis(axis, x.rank)
  const entries = x.shape[at]
  const weights = Float32Array.from({ length: length * entries }, (_, i) =>
    weight(Math.floor(i / entries), i % entries),
  )
  const matrix = cast(constant(weights, [length, entries]), x.dtype)
  const before = sizeOf(x.shape.slice(0, at))
  const behind = sizeOf(x.shape.slice(at + 1))
  const shape: Shape = [...x.shape.slice(0, at), length, ...x.shape.slice(at + 1)]
  const mapped =
    behind === 1
      ? matmul(reshape(x, [before, entries]), swapLastAxes(matrix))
      : matmul(matrix, reshape(x, [before, entries, behind]))
  return reshape(mapped, shape)
}
