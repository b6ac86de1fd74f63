import {
  absolute,
  add,
  greater,
  l1Norm,
  l2Norm,
  max,
  minimum,
  multiply,
  power,
  relu,
  subtract,
  sum,
  type Tensor,
  where,
} from '../../tensor/index.ts'
import { requireOption } from '../require-option.ts'
import { type ReductionOptions, reduceLosses, requireSameShape } from './reduction.ts'

export interface DistanceOptions {
  /** Exponent of the norm, 1 or more; infinity for the largest difference. Default 2. */
  readonly p?: number
  /** Added to every difference; default 1e-6. */
  readonly epsilon?: number
}

/**
 * The p-norm of a - b + epsilon along the last axis, which goes: (..., D) to (...). No gradient where it is 0.
 * @throws OssatureError when p is below 1
 */
export function pairwiseDistance(a: Tensor, b: Tensor, { p = 2, epsilon = 1e-6 }: DistanceOptions = {}): Tensor {
  requireOption(p >= 1, 'pairwiseDistance', 'p', '1 or more', p)
  const difference = add(subtract(a, b), epsilon)
  const dropped = { keepAxes: false }
  if (p === 1) return l1Norm(difference, [-1], dropped)
  if (p === 2) return l2Norm(difference, [-1], dropped)
  if (p === Number.POSITIVE_INFINITY) return max(absolute(difference), [-1], dropped)
  const total = sum(power(absolute(difference), p), [-1], dropped)
  // A root of 0 has no finite gradient, and where() hides the value that it is taken of instead.
  return where(greater(total, 0), power(where(greater(total, 0), total, 1), 1 / p), 0)
}

export interface TripletMarginOptions extends DistanceOptions, ReductionOptions {
  /** How much farther than the positive the negative has to be; default 1. */
  readonly margin?: number
  /** Whether the negative's distance to the positive counts, where it is the smaller one (Balntas et al. 2016). */
  readonly swap?: boolean
}

/**
 * max(0, d(anchor, positive) - d(anchor, negative) + margin) for vectors (..., D) of one shape
 * (Schroff et al. 2015).
 */
export function tripletMarginLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  { margin = 1, swap = false, reduction, ...distance }: TripletMarginOptions = {},
): Tensor {
  requireSameShape('tripletMarginLoss', anchor, positive, negative)
  const near = pairwiseDistance(anchor, positive, distance)
  const direct = pairwiseDistance(anchor, negative, distance)
  const far = swap ? nearer(direct, pairwiseDistance(positive, negative, distance)) : direct
  return reduceLosses(relu(add(subtract(near, far), margin)), reduction)
}

/** The smaller distance; equal ones share the gradient. */
function nearer(a: Tensor, b: Tensor): Tensor {
  return multiply(add(minimum(a, b), minimum(b, a)), 0.5)
}
