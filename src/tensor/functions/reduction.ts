import { broadcastAxes, normalizeAxis } from '../broadcast.ts'
import { composite } from '../composite.ts'
import { isFloat, requireFloats } from '../element-type.ts'
import { apply } from '../operator.ts'
import { type Shape, sameShape, sizeOf, type Tensor } from '../tensor.ts'
import { add, multiply, subtract } from './arithmetic.ts'
import { cast } from './cast.ts'
import { reshape, slice } from './layout.ts'

export interface ReductionOptions {
  /** Whether the reduced axes stay, with length 1. They do unless this is false. */
  readonly keepAxes?: boolean
}

const allAxes = (x: Tensor): number[] => x.shape.map((_, axis) => axis)

/** Sum over axes. */
export function sum(x: Tensor, axes: readonly number[] = allAxes(x), options: ReductionOptions = {}): Tensor {
  return dropAxes(reduce('ReduceSum', x, axes), axes, options)
}

function reduce(operator: string, x: Tensor, axes: readonly number[]): Tensor {
  const wanted = longAxes(x, axes)
  return wanted.length === 0 ? x : apply(operator, [x], { axes: wanted })
}

/** The named axes, ascending, without those of length 1, over which a reduction does nothing. */
function longAxes(x: Tensor, axes: readonly number[]): number[] {
  const wanted = axes.map((axis) => normalizeAxis(axis, x.rank)).filter((axis) => x.shape[axis] !== 1)
  return [...new Set(wanted)].sort((a, b) => a - b)
}

/** A reduction's result without the reduced axes, where the options say so. */
export function dropAxes(reduced: Tensor, axes: readonly number[], { keepAxes = true }: ReductionOptions): Tensor {
  if (keepAxes) return reduced
  const dropped = axes.map((axis) => normalizeAxis(axis, reduced.rank))
  return reshape(
    reduced,
    reduced.shape.filter((_, axis) => !dropped.includes(axis)),
  )
}

/** Mean over axes of a floating-point tensor. */
export function mean(x: Tensor, axes: readonly number[] = allAxes(x), options: ReductionOptions = {}): Tensor {
  requireFloats('mean', [x])
  // The sum of numbers that a half holds need not be one.
  if (x.dtype === 'f16') return cast(mean(cast(x, 'f32'), axes, options), 'f16')
  const total = sum(x, axes)
  return dropAxes(multiply(total, sizeOf(total.shape) / sizeOf(x.shape)), axes, options)
}

/** Largest value along axes; NaN where one is. Equal maxima share the gradient evenly. */
export function max(x: Tensor, axes: readonly number[] = allAxes(x), options: ReductionOptions = {}): Tensor {
  return extreme('ReduceMax', x, axes, options)
}

/** Smallest value along axes; NaN where one is. Equal minima share the gradient evenly. */
export function min(x: Tensor, axes: readonly number[] = allAxes(x), options: ReductionOptions = {}): Tensor {
  return extreme('ReduceMin', x, axes, options)
}

function extreme(operator: string, x: Tensor, axes: readonly number[], options: ReductionOptions): Tensor {
  const found = reduce(operator, x, axes)
  if (found === x || !isFloat(x.dtype)) return dropAxes(found, axes, options)
  // The operators may pass over NaN. This is 0 for all other numbers, infinite ones included.
  const silent = apply('HardSigmoid', [apply('StopGradient', [x])], { alpha: 1, beta: 0 })
  return dropAxes(add(found, multiply(sum(silent, axes), 0)), axes, options)
}

/** Product over axes. Its gradient is right also where factors are 0. */
export function product(x: Tensor, axes: readonly number[] = allAxes(x), options: ReductionOptions = {}): Tensor {
  return dropAxes(longAxes(x, axes).reduce(foldProduct, x), axes, options)
}

/** The halves of an axis multiplied until one entry is left. */
function foldProduct(x: Tensor, axis: number): Tensor {
  const length = x.shape[axis]
  if (length === 1) return x
  const half = length >> 1
  const pairs = multiply(slice(x, axis, 0, half), slice(x, axis, half, 2 * half))
  const folded = foldProduct(pairs, axis)
  return length % 2 === 0 ? folded : multiply(folded, slice(x, axis, length - 1, length))
}

export interface VarianceOptions extends ReductionOptions {
  /** The sum of squares is divided by the number of values less this: 1 (unbiased) unless 0 is asked for. */
  readonly correction?: number
}

/** Variance over axes, by the deviations from the mean; NaN of a single value unless `correction` is 0. */
export function variance(x: Tensor, axes: readonly number[] = allAxes(x), options: VarianceOptions = {}): Tensor {
  const centre = mean(x, axes)
  const deviation = subtract(x, centre)
  const total = sum(multiply(deviation, deviation), axes)
  const share = 1 / (sizeOf(x.shape) / sizeOf(total.shape) - (options.correction ?? 1))
  const [result] = composite([x], [multiply(total, share)], ([d]) => [
    multiply(subtract(x, centre), multiply(d!, 2 * share)),
  ])
  return dropAxes(result, axes, options)
}

/** Position (i64) of the largest value along an axis, of equal ones the first. NaN is never found. No gradient. */
export function argMax(x: Tensor, axis: number, options: ReductionOptions = {}): Tensor {
  return dropAxes(apply('ArgMax', [x], { axis: normalizeAxis(axis, x.rank) }), [axis], options)
}

/** Position (i64) of the smallest value along an axis, of equal ones the first. NaN is never found. No gradient. */
export function argMin(x: Tensor, axis: number, options: ReductionOptions = {}): Tensor {
  return dropAxes(apply('ArgMin', [x], { axis: normalizeAxis(axis, x.rank) }), [axis], options)
}

/** Sum of `tensor` over the axes along which an operand of shape `shape` was broadcast. */
export function sumTo(tensor: Tensor, shape: Shape): Tensor {
  if (sameShape(tensor.shape, shape)) return tensor
  return reshape(sum(tensor, broadcastAxes(tensor.shape, shape)), shape)
}
