import type { RandomStream } from '../../../random/stream.ts'
import type { HostArray } from '../../../runtime/device.ts'
import {
  add,
  divide,
  full,
  multiply,
  reshape,
  stopGradient,
  sum,
  type Tensor,
  type TensorType,
} from '../../../tensor/index.ts'

/** Tensors that a loss is given beside logits and label, by the names of `EpochLoss.inputs`. */
export type LossInputs = Readonly<Record<string, Tensor>>

/** The terms of a weighted mean over the clips of a batch. */
export interface SampleLosses {
  /** Loss of every clip (N), not weighted. */
  readonly losses: Tensor
  /** Weight of every clip (N). */
  readonly weights: Tensor
}

/** A classification loss that may change with the epoch. What changes is fed, so one compiled step serves all epochs. */
export interface EpochLoss {
  /** Inputs of a training step over `samples` clips that the loss needs beside logits and label. */
  inputs(samples: number): Readonly<Record<string, TensorType>>
  /**
   * Values of those inputs in an epoch, counted from 0. `random` serves losses that draw; others leave it alone.
   * `seen` lists the epochs in which the loss was used before, in order. It matters only for losses of the released
   * code that remember; without it an uninterrupted run is assumed, so that a resumed run repeats.
   * @throws OssatureError in an epoch for which the released code has no stage
   */
  feeds(epoch: number, samples: number, random: RandomStream, seen?: readonly number[]): Record<string, HostArray>
  /** Loss and weight of every clip for logits (N, C) and label (N). */
  perSample(logits: Tensor, label: Tensor, inputs: LossInputs): SampleLosses
  /** Mean loss of the batch, a scalar: sum(losses * weights) / sum(weights). */
  loss(logits: Tensor, label: Tensor, inputs: LossInputs): Tensor
}

/** Completes a loss with its weighted mean. */
export function epochLoss(parts: Omit<EpochLoss, 'loss'>): EpochLoss {
  return { ...parts, loss: (logits, label, inputs) => weightedMean([parts.perSample(logits, label, inputs)]) }
}

/** Clips that all count alike. */
export function equallyWeighted(losses: Tensor): SampleLosses {
  return { losses, weights: full(losses.shape, 1) }
}

/** sum(losses * weights) / sum(weights) over all groups, a scalar. No gradient flows through the weights. */
export function weightedMean(groups: readonly SampleLosses[]): Tensor {
  const fixed = groups.map(({ losses, weights }) => ({ losses, weights: stopGradient(weights) }))
  const total = fixed.map(({ losses, weights }) => sum(multiply(losses, weights))).reduce(add)
  const weight = fixed.map(({ weights }) => sum(weights)).reduce(add)
  return reshape(divide(total, weight), [])
}
