import { absolute, minimum, multiply, scalar, square, subtract, type Tensor } from '../../tensor/index.ts'
import { requireOption } from '../require-option.ts'
import { type ReductionOptions, reduceLosses, requireSameShape } from './reduction.ts'

/** (input - target)^2. */
export function mseLoss(input: Tensor, target: Tensor, { reduction }: ReductionOptions = {}): Tensor {
  requireSameShape('mseLoss', input, target)
  return reduceLosses(square(subtract(input, target)), reduction)
}

/** |input - target|. */
export function l1Loss(input: Tensor, target: Tensor, { reduction }: ReductionOptions = {}): Tensor {
  requireSameShape('l1Loss', input, target)
  return reduceLosses(absolute(subtract(input, target)), reduction)
}

export interface SmoothL1Options extends ReductionOptions {
  /** Largest difference that counts squared; default 1. With 0 the loss is `l1Loss`. */
  readonly beta?: number
}

/**
 * d^2 / (2 beta) for differences d below beta, |d| - beta / 2 from there on (Girshick 2015).
 * @throws OssatureError when the shapes differ or beta is negative
 */
export function smoothL1Loss(input: Tensor, target: Tensor, { beta = 1, reduction }: SmoothL1Options = {}): Tensor {
  if (beta === 0) return l1Loss(input, target, { reduction })
  requireSameShape('smoothL1Loss', input, target)
  requireOption(beta > 0, 'smoothL1Loss', 'beta', '0 or more', beta)
  return reduceLosses(multiply(squareThenLinear(subtract(input, target), beta), 1 / beta), reduction)
}

export interface HuberOptions extends ReductionOptions {
  /** Largest difference that counts squared; default 1. */
  readonly delta?: number
}

/**
 * d^2 / 2 for differences d below delta, delta (|d| - delta / 2) from there on (Huber 1964).
 * @throws OssatureError when the shapes differ or delta is not positive
 */
export function huberLoss(input: Tensor, target: Tensor, { delta = 1, reduction }: HuberOptions = {}): Tensor {
  requireSameShape('huberLoss', input, target)
  requireOption(delta > 0, 'huberLoss', 'delta', 'a number above 0', delta)
  return reduceLosses(squareThenLinear(subtract(input, target), delta), reduction)
}

/** With m = min(|d|, limit): m (|d| - m / 2), which is d^2 / 2 up to the limit and a straight line behind it. */
function squareThenLinear(difference: Tensor, limit: number): Tensor {
  const size = absolute(difference)
  const limited = minimum(size, scalar(limit))
  return multiply(limited, subtract(size, multiply(limited, 0.5)))
}
