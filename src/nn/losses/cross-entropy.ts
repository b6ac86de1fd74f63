import { OssatureError } from '../../errors.ts'
import {
  add,
  cast,
  divide,
  equal,
  gather,
  gatherElements,
  logicalNot,
  logSoftmax,
  multiply,
  negate,
  reshape,
  sameShape,
  shapeError,
  sum,
  type Tensor,
  unsqueeze,
  where,
} from '../../tensor/index.ts'
import { requireOption } from '../require-option.ts'
import { requireClassRow } from './class-row.ts'
import { type Reduction, type ReductionOptions, reduceLosses } from './reduction.ts'

export interface CrossEntropyOptions extends ReductionOptions {
  /** Factors by class (classes). The mean is then weighted by the factors of the labels, if labels are given. */
  readonly weight?: Tensor
  /** Share of the target that is spread evenly over all classes, in [0, 1]; default 0 (Szegedy et al. 2016). */
  readonly labelSmoothing?: number
  /** A label whose samples count neither in the loss nor in its mean; by default every label is a class. */
  readonly ignoreIndex?: number
}

/**
 * Cross entropy of logits (N, classes, ...) with integer labels (N, ...), or with probabilities of the logits' shape,
 * as PyTorch's `cross_entropy`. A mean over no samples, because all are ignored, is NaN.
 * @throws OssatureError when shapes or types do not fit, or the label smoothing is no share
 */
export function crossEntropy(logits: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  if (logits.rank === 0) throw shapeError('crossEntropy', [logits, target], 'logits (N, classes, ...)')
  const { weight, labelSmoothing = 0 } = options
  const axis = logits.rank === 1 ? 0 : 1
  if (weight) requireClassRow('crossEntropy', logits, weight.shape, axis)
  const isShare = labelSmoothing >= 0 && labelSmoothing <= 1
  requireOption(isShare, 'crossEntropy', 'labelSmoothing', 'a share from 0 to 1', labelSmoothing)
  const withoutClasses = logits.shape.filter((_, i) => i !== axis)
  if (target.dtype === 'f32') {
    if (sameShape(target.shape, logits.shape)) return withProbabilities(logits, target, axis, options)
  } else if (sameShape(target.shape, withoutClasses)) {
    return withLabels(logits, target, axis, options)
  }
  const targets = "integer labels (N, ...) or probabilities of the logits' shape"
  throw shapeError('crossEntropy', [logits, target], `logits (N, classes, ...) and ${targets}`)
}

/** Cross entropy of every sample: logits (N, classes), label (N) to (N). */
export function crossEntropyPerSample(logits: Tensor, label: Tensor): Tensor {
  return crossEntropy(logits, label, { reduction: 'none' })
}

function withLabels(logits: Tensor, label: Tensor, axis: number, options: CrossEntropyOptions): Tensor {
  const { weight, labelSmoothing = 0, ignoreIndex, reduction } = options
  const kept = ignoreIndex === undefined ? undefined : logicalNot(equal(label, ignoreIndex))
  const orZero = (t: Tensor) => (kept ? where(kept, t, 0) : t)
  // An ignored label may be no class at all.
  const known = orZero(label)
  const logProbabilities = logSoftmax(logits, axis)
  const picked = gatherElements(logProbabilities, unsqueeze(known, axis), axis)
  let losses = negate(reshape(picked, label.shape))
  let factors = kept && cast(kept, 'f32')
  if (weight) {
    factors = orZero(gather(weight, known))
    losses = multiply(losses, factors)
  }
  if (labelSmoothing > 0) {
    const even = negate(sum(perClass(logProbabilities, weight, axis), [axis], { keepAxes: false }))
    losses = add(multiply(losses, 1 - labelSmoothing), multiply(even, labelSmoothing / logits.shape[axis]))
  }
  return weightedReduction(orZero(losses), factors, reduction)
}

function withProbabilities(logits: Tensor, target: Tensor, axis: number, options: CrossEntropyOptions): Tensor {
  const { weight, labelSmoothing = 0, ignoreIndex, reduction } = options
  if (ignoreIndex !== undefined) {
    throw new OssatureError('cross entropy with probabilities has no label to ignore', {
      hint: 'Leave out ignoreIndex, or give integer labels.',
    })
  }
  const even = labelSmoothing / logits.shape[axis]
  const smoothed = labelSmoothing > 0 ? add(multiply(target, 1 - labelSmoothing), even) : target
  const terms = perClass(multiply(logSoftmax(logits, axis), smoothed), weight, axis)
  return reduceLosses(negate(sum(terms, [axis], { keepAxes: false })), reduction)
}

/** x with the factors of the classes along an axis. */
function perClass(x: Tensor, weight: Tensor | undefined, axis: number): Tensor {
  if (!weight) return x
  const shape = x.shape.map((n, i) => (i === axis ? n : 1))
  return multiply(x, reshape(weight, shape))
}

/** sum(losses) / sum(factors), for losses that have been multiplied by the factors. */
function weightedReduction(losses: Tensor, factors: Tensor | undefined, reduction: Reduction = 'mean'): Tensor {
  if (!factors || reduction !== 'mean') return reduceLosses(losses, reduction)
  return reshape(divide(sum(losses), sum(factors)), [])
}
