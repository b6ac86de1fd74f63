import { broadcastAxes, normalizeAxis } from '../broadcast.ts'
import { apply } from '../operator.ts'
import { type Shape, sameShape, sizeOf, type Tensor } from '../tensor.ts'
import { multiply } from './arithmetic.ts'
import { reshape } from './layout.ts'

/** Sum over axes, which stay with length 1. */
export function sum(x: Tensor, axes: readonly number[] = x.shape.map((_, i) => i)): Tensor {
  const wanted = longAxes(x, axes)
  return wanted.length === 0 ? x : apply('ReduceSum', [x], { axes: wanted })
}

/** The named axes, ascending, without those of length 1, over which a reduction does nothing. */
function longAxes(x: Tensor, axes: readonly number[]): number[] {
  const wanted = axes.map((axis) => normalizeAxis(axis, x.rank)).filter((axis) => x.shape[axis] !== 1)
  return wanted.sort((a, b) => a - b)
}

/** Mean over axes, which stay with length 1. */
export function mean(x: Tensor, axes: readonly number[] = x.shape.map((_, i) => i)): Tensor {
  const total = sum(x, axes)
  return multiply(total, sizeOf(total.shape) / sizeOf(x.shape))
}

/** Largest value along axes, which stay with length 1. */
export function max(x: Tensor, axes: readonly number[]): Tensor {
  const wanted = longAxes(x, axes)
  return wanted.length === 0 ? x : apply('ReduceMax', [x], { axes: wanted })
}

/** Sum of `tensor` over the axes along which an operand of shape `shape` was broadcast. */
export function sumTo(tensor: Tensor, shape: Shape): Tensor {
  if (sameShape(tensor.shape, shape)) return tensor
  return reshape(sum(tensor, broadcastAxes(tensor.shape, shape)), shape)
}
