import { classWeightedCrossEntropy, effectiveNumberWeights } from './class-weights.ts'
import type { EpochLoss } from './epoch-loss.ts'
import { renewals, type StageOptions, stageOf } from './stage.ts'

/**
 * Base of the action-aware weights by class: 0.99 for the smallest class to 0.9999 for the largest, linear in the count
 * (upsilon 0.99, lambda 0.0099 of BRL).
 */
export function actionAwareBases(counts: readonly number[]): number[] {
  const fewest = Math.min(...counts)
  const range = Math.max(...counts) - fewest
  return counts.map((count) => 0.99 + 0.0099 * (range > 0 ? (count - fewest) / range : 1))
}

/** Action-aware weights by class: (1 - w) / (1 - w^n) of the bases w and counts n, with the number of classes as sum. */
export function actionAwareWeights(counts: readonly number[]): number[] {
  return effectiveNumberWeights(actionAwareBases(counts), counts)
}

/** What the released code takes instead every second time: the weights of the bases 1 - w, which are nearly equal. */
export function swappedActionAwareWeights(counts: readonly number[]): number[] {
  return effectiveNumberWeights(
    actionAwareBases(counts).map((base) => 1 - base),
    counts,
  )
}

/**
 * Action-aware loss of BRL (detached action-aware learning schedule): cross entropy before the change epoch, weighted
 * with the action-aware weights from it on.
 *
 * As released, computing the weights overwrites their bases w with 1 - w and is repeated in every new epoch, so that
 * every second epoch from the change on takes the swapped weights.
 */
export function actionAwareLoss(counts: readonly number[], options: StageOptions): EpochLoss {
  return classWeightedCrossEntropy(counts.length, (epoch, seen) => {
    if (stageOf(epoch, options) === 0) return counts.map(() => 1)
    if (!options.asReleased) return actionAwareWeights(counts)
    const computed = renewals(epoch, seen).filter((number) => stageOf(number, options) === 1).length
    return computed % 2 === 1 ? actionAwareWeights(counts) : swappedActionAwareWeights(counts)
  })
}
