import { add, type Tensor } from '../../tensor/index.ts'
import { classRow } from './class-row.ts'
import { crossEntropy } from './cross-entropy.ts'
import type { ReductionOptions } from './reduction.ts'

/**
 * Balanced softmax (Ren et al. 2020): cross entropy of logits + log n.
 * @param logits (N, classes)
 * @param label (N)
 * @param counts training clips n by class
 */
export function balancedSoftmaxLoss(
  logits: Tensor,
  label: Tensor,
  counts: readonly number[],
  options: ReductionOptions = {},
): Tensor {
  const priors = classRow('balancedSoftmaxLoss', logits, counts.map(Math.log))
  return crossEntropy(add(logits, priors), label, options)
}
