import { classWeightedCrossEntropy, effectiveNumberWeights } from './class-weights.ts'
import type { EpochLoss } from './epoch-loss.ts'
import { type StageOptions, stageOf } from './stage.ts'

/** Cross entropy, from the change epoch on with class-balanced weights (Cui et al. 2019) of beta 0.999. */
export function classBalancedLoss(counts: readonly number[], options: StageOptions): EpochLoss {
  return classWeightedCrossEntropy(counts.length, (epoch) => {
    const beta = stageOf(epoch, options) === 0 ? 0 : 0.999
    return effectiveNumberWeights(
      counts.map(() => beta),
      counts,
    )
  })
}
