import { normalizeAxis } from '../broadcast.ts'
import { apply } from '../operator.ts'
import type { Tensor } from '../tensor.ts'

/** exp(x) / sum(exp(x)) along an axis. */
export function softmax(x: Tensor, axis = -1): Tensor {
  return apply('Softmax', [x], { axis: normalizeAxis(axis, x.rank) })
}

/** Logarithm of the softmax along an axis, finite for large logits. */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  return apply('LogSoftmax', [x], { axis: normalizeAxis(axis, x.rank) })
}
