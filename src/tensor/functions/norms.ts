import { normalizeAxis } from '../broadcast.ts'
import { composite } from '../composite.ts'
import { shapeError, type Tensor } from '../tensor.ts'
import { add, divide, multiply, subtract } from './arithmetic.ts'
import { equal, where } from './comparison.ts'
import { absolute, maximum, relu, sqrt, square, stopGradient } from './elementwise.ts'
import { swapLastAxes } from './layout.ts'
import { matmul } from './linear.ts'
import { dropAxes, mean, type ReductionOptions, sum } from './reduction.ts'

/** Sum of absolute values over axes, all when absent. Its gradient at 0 is 0. */
export function l1Norm(x: Tensor, axes?: readonly number[], options: ReductionOptions = {}): Tensor {
  return sum(absolute(x), axes, options)
}

/** Euclidean length over axes, all when absent. Its gradient at 0 is 0. */
export function l2Norm(
  x: Tensor,
  axes: readonly number[] = x.shape.map((_, axis) => axis),
  options: ReductionOptions = {},
): Tensor {
  const length = sqrt(sum(square(x), axes))
  const [result] = composite([x], [length], ([d]) => [multiply(x, where(equal(length, 0), 0, divide(d!, length)))])
  return dropAxes(result, axes, options)
}

/** x with Euclidean length 1 along an axis, or x / eps where it is shorter than eps (torch.nn.functional.normalize). */
export function normalize(x: Tensor, axis = 1, eps = 1e-12): Tensor {
  return divide(x, maximum(l2Norm(x, [axis]), eps))
}

/**
 * Cosine of the angle between a and b along an axis, which the result does not have; a and b broadcast. Lengths below
 * eps count as eps (torch.nn.functional.cosine_similarity).
 */
export function cosineSimilarity(a: Tensor, b: Tensor, axis = 1, eps = 1e-8): Tensor {
  const dot = multiply(a, b)
  const fromLast = normalizeAxis(axis, dot.rank) - dot.rank
  if (a.shape.at(fromLast) !== b.shape.at(fromLast))
    throw shapeError('cosineSimilarity', [a, b], `one length along axis ${axis}`)
  const lengths = [a, b].map((t) => maximum(l2Norm(t, [fromLast]), eps))
  const cosine = divide(sum(dot, [fromLast]), multiply(lengths[0], lengths[1]))
  return dropAxes(cosine, [fromLast], { keepAxes: false })
}

/**
 * Squared Euclidean distances of all pairs: a (..., n, d) and b (..., m, d) to (..., n, m). One matrix product over
 * vectors relative to the mean of b: the error is about 1e-7 of their squared lengths.
 */
export function squaredDistances(a: Tensor, b: Tensor): Tensor {
  if (a.rank < 2 || b.rank < 2 || a.shape.at(-1) !== b.shape.at(-1)) {
    throw shapeError('squaredDistances', [a, b], 'a (..., n, d) and b (..., m, d)')
  }
  // Distances do not depend on the origin, so none of the gradient passes through it.
  const origin = stopGradient(mean(b, [-2]))
  const [from, to] = [subtract(a, origin), subtract(b, origin)]
  const lengths = add(sum(square(from), [-1]), swapLastAxes(sum(square(to), [-1])))
  return relu(subtract(lengths, multiply(matmul(from, swapLastAxes(to)), 2)))
}
