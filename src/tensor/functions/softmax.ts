import { normalizeAxis } from '../broadcast.ts'
import { composite } from '../composite.ts'
import { requireFloats } from '../element-type.ts'
import { apply } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { add, divide, multiply, subtract } from './arithmetic.ts'
import { equal, less, where } from './comparison.ts'
import { absolute, exp, log, stopGradient } from './elementwise.ts'
import { dropAxes, max, type ReductionOptions, sum } from './reduction.ts'

/** exp(x) / sum(exp(x)) along an axis. Entries of -Infinity get 0; NaN where all entries are -Infinity. */
export function softmax(x: Tensor, axis = -1): Tensor {
  return apply('Softmax', [x], { axis: normalizeAxis(axis, x.rank) })
}

/** Logarithm of the softmax along an axis, finite for large logits; -Infinity for entries of -Infinity. */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  return apply('LogSoftmax', [x], { axis: normalizeAxis(axis, x.rank) })
}

/**
 * log(sum(exp(x))) over axes, finite for large values. -Infinity where all values are, and no gradient flows there;
 * Infinity where one is.
 */
export function logSumExp(
  x: Tensor,
  axes: readonly number[] = x.shape.map((_, axis) => axis),
  options: ReductionOptions = {},
): Tensor {
  requireFloats('logSumExp', [x])
  const largest = max(stopGradient(x), axes)
  const offset = where(less(absolute(largest), Infinity), largest, 0)
  const exponentials = exp(subtract(x, offset))
  const total = sum(exponentials, axes)
  const [result] = composite([x], [add(log(total), offset)], ([d]) => [
    multiply(exponentials, where(equal(total, 0), 0, divide(d!, total))),
  ])
  return dropAxes(result, axes, options)
}
