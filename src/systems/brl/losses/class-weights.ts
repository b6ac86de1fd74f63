import { crossEntropyPerSample } from '../../../nn/index.ts'
import { f32, gather, type Tensor } from '../../../tensor/index.ts'
import { type EpochLoss, epochLoss } from './epoch-loss.ts'

/**
 * Weights from effective numbers of samples (Cui et al. 2019, class-balanced loss): (1 - b_i) / (1 - b_i^n_i), scaled to
 * sum up to the number of classes.
 * @param bases b_i in [0, 1), by class
 * @param counts n_i, training clips by class
 */
export function effectiveNumberWeights(bases: readonly number[], counts: readonly number[]): number[] {
  return scaledToClasses(counts.map((count, i) => (1 - bases[i]) / (1 - bases[i] ** count)))
}

/** The same proportions with the number of classes as sum. */
function scaledToClasses(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => (weight / total) * weights.length)
}

/**
 * Cross entropy whose mean is weighted by class: sum_k W[y_k] CE_k / sum_k W[y_k].
 * @param weightsAt weights by class in an epoch
 * @param scores what is put in place of the logits
 */
export function classWeightedCrossEntropy(
  classes: number,
  weightsAt: (epoch: number, seen?: readonly number[]) => readonly number[],
  scores: (logits: Tensor, label: Tensor) => Tensor = (logits) => logits,
): EpochLoss {
  return epochLoss({
    inputs: () => ({ classWeights: f32(classes) }),
    feeds: (epoch, _samples, _random, seen) => ({ classWeights: Float32Array.from(weightsAt(epoch, seen)) }),
    perSample: (logits, label, { classWeights }) => ({
      losses: crossEntropyPerSample(scores(logits, label), label),
      weights: gather(classWeights, label),
    }),
  })
}
