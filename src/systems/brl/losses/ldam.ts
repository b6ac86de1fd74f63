import { ldamScores } from '../../../nn/index.ts'
import { classWeightedCrossEntropy, effectiveNumberWeights } from './class-weights.ts'
import type { EpochLoss } from './epoch-loss.ts'
import { type StageOptions, stageOf } from './stage.ts'

/**
 * Label-distribution-aware margin loss (Cao et al. 2019): cross entropy of 30 * (logits - margin at the label), from the
 * change epoch on with class-balanced weights of beta 0.999999. The released code stays in its second stage.
 */
export function ldamLoss(counts: readonly number[], { changeEpoch }: StageOptions): EpochLoss {
  return classWeightedCrossEntropy(
    counts.length,
    (epoch) => {
      const beta = stageOf(epoch, { changeEpoch, asReleased: false }) === 0 ? 0 : 0.999999
      return effectiveNumberWeights(
        counts.map(() => beta),
        counts,
      )
    },
    (logits, label) => ldamScores(logits, label, counts),
  )
}
