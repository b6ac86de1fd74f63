import { constant, multiply, oneHot, subtract } from '../../../tensor/index.ts'
import { classWeightedCrossEntropy, effectiveNumberWeights } from './class-weights.ts'
import type { EpochLoss } from './epoch-loss.ts'
import { type StageOptions, stageOf } from './stage.ts'

const largestMargin = 0.5
const scale = 30

/** Margins by class, proportional to n^(-1/4), the largest 0.5. */
export function ldamMargins(counts: readonly number[]): number[] {
  const margins = counts.map((count) => count ** -0.25)
  const largest = Math.max(...margins)
  return margins.map((margin) => margin * (largestMargin / largest))
}

/**
 * Label-distribution-aware margin loss (Cao et al. 2019): cross entropy of 30 * (logits - margin at the label), from the
 * change epoch on with class-balanced weights of beta 0.999999. The released code stays in its second stage.
 */
export function ldamLoss(counts: readonly number[], { changeEpoch }: StageOptions): EpochLoss {
  const margins = constant(Float32Array.from(ldamMargins(counts)), [counts.length])
  return classWeightedCrossEntropy(
    counts.length,
    (epoch) => {
      const beta = stageOf(epoch, { changeEpoch, asReleased: false }) === 0 ? 0 : 0.999999
      return effectiveNumberWeights(
        counts.map(() => beta),
        counts,
      )
    },
    (logits, label) => multiply(subtract(logits, multiply(oneHot(label, counts.length), margins)), scale),
  )
}
