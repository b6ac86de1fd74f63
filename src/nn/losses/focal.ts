import {
  add,
  exp,
  gather,
  maximum,
  multiply,
  negate,
  power,
  scalar,
  sigmoid,
  square,
  subtract,
  type Tensor,
} from '../../tensor/index.ts'
import { binaryCrossEntropyWithLogits } from './binary-cross-entropy.ts'
import { requireClassRow } from './class-row.ts'
import { crossEntropyPerSample } from './cross-entropy.ts'
import { type ReductionOptions, reduceLosses } from './reduction.ts'

export interface FocalOptions extends ReductionOptions {
  /** How fast well-classified samples lose weight; default 2. 0 is plain cross entropy. */
  readonly gamma?: number
  /** Factors of the losses by class of the label (classes); the mean is over samples all the same. */
  readonly weight?: Tensor
}

/**
 * Focal loss (Lin et al. 2017) of one label per sample: (1 - p)^gamma CE for the probability p of the label.
 * @param logits (N, classes)
 * @param label (N)
 */
export function focalLoss(logits: Tensor, label: Tensor, { gamma = 2, weight, reduction }: FocalOptions = {}): Tensor {
  if (weight) requireClassRow('focalLoss', logits, weight.shape)
  const losses = focused(crossEntropyPerSample(logits, label), gamma)
  return reduceLosses(weight ? multiply(losses, gather(weight, label)) : losses, reduction)
}

/** (1 - p)^gamma CE of cross entropies, for the probability p = exp(-CE) of the label. */
export function focused(crossEntropy: Tensor, gamma = 2): Tensor {
  return multiply(powerOfShare(subtract(1, exp(negate(crossEntropy))), gamma), crossEntropy)
}

export interface SigmoidFocalOptions extends ReductionOptions {
  /** Default 2. */
  readonly gamma?: number
  /** Weight of the target 1 against 1 - alpha of the target 0; null for no weights. Default 0.25. */
  readonly alpha?: number | null
}

/**
 * Focal loss (Lin et al. 2017) of independent yes-or-no targets in [0, 1], of the shape of the logits, as torchvision's
 * `sigmoid_focal_loss`.
 */
export function sigmoidFocalLoss(
  logits: Tensor,
  target: Tensor,
  { gamma = 2, alpha = 0.25, reduction }: SigmoidFocalOptions = {},
): Tensor {
  const losses = binaryCrossEntropyWithLogits(logits, target, { reduction: 'none' })
  // 1 - p_t, without the cancellation of 1 - sigmoid.
  const missed = add(multiply(sigmoid(logits), subtract(1, target)), multiply(sigmoid(negate(logits)), target))
  const focusedLosses = multiply(losses, powerOfShare(missed, gamma))
  if (alpha === null) return reduceLosses(focusedLosses, reduction)
  const weights = add(multiply(target, 2 * alpha - 1), 1 - alpha)
  return reduceLosses(multiply(weights, focusedLosses), reduction)
}

/** share ** gamma of shares in [0, 1], with a finite gradient at 0. */
function powerOfShare(share: Tensor, gamma: number): Tensor {
  if (gamma === 2) return square(share)
  if (gamma === 1) return share
  return power(maximum(share, scalar(1e-12)), gamma)
}
