import {
  add,
  composite,
  divide,
  log,
  maximum,
  multiply,
  negate,
  scalar,
  softplus,
  subtract,
  type Tensor,
} from '../../tensor/index.ts'
import { type ReductionOptions, reduceLosses, requireSameShape } from './reduction.ts'

export interface BinaryCrossEntropyOptions extends ReductionOptions {
  /** Factors of the losses; broadcasts to the input. */
  readonly weight?: Tensor
}

export interface LogitsOptions extends BinaryCrossEntropyOptions {
  /** Factors of the target 1 against the target 0; broadcasts to the input, as one per class does. */
  readonly positiveWeight?: Tensor
}

/**
 * -w (p t log sigmoid(x) + (1 - t) log(1 - sigmoid(x))) for logits x and targets t in [0, 1] of one shape, finite for
 * logits of any size.
 */
export function binaryCrossEntropyWithLogits(logits: Tensor, target: Tensor, options: LogitsOptions = {}): Tensor {
  requireSameShape('binaryCrossEntropyWithLogits', logits, target)
  const { weight, positiveWeight, reduction } = options
  const without = multiply(subtract(1, target), softplus(logits))
  const factor = positiveWeight ? multiply(target, positiveWeight) : target
  const losses = add(without, multiply(factor, softplus(negate(logits))))
  return reduceLosses(weight ? multiply(losses, weight) : losses, reduction)
}

/**
 * -w (t log p + (1 - t) log(1 - p)) for probabilities p and targets t in [0, 1] of one shape. Logarithms are not below
 * -100, so that it stays finite where a probability is 0 or 1. Prefer the form with logits in training.
 */
export function binaryCrossEntropy(
  probability: Tensor,
  target: Tensor,
  { weight, reduction }: BinaryCrossEntropyOptions = {},
): Tensor {
  requireSameShape('binaryCrossEntropy', probability, target)
  const opposite = subtract(1, probability)
  const present = maximum(log(probability), scalar(-100))
  const absent = maximum(log(opposite), scalar(-100))
  const body = negate(add(multiply(target, present), multiply(subtract(1, target), absent)))
  // (p - t) / (p (1 - p)), of a divisor that is not 0.
  const [losses] = composite([probability, target], [body], ([d], needs) => {
    const spread = maximum(multiply(probability, opposite), scalar(1e-12))
    return [
      needs(0) ? multiply(d!, divide(subtract(probability, target), spread)) : undefined,
      needs(1) ? multiply(d!, subtract(absent, present)) : undefined,
    ]
  })
  return reduceLosses(weight ? multiply(losses, weight) : losses, reduction)
}
