import { classWeightedCrossEntropy } from './class-weights.ts'
import type { EpochLoss } from './epoch-loss.ts'
import { renewals, type StageOptions, stageOf } from './stage.ts'

/**
 * Cross entropy, from the change epoch on weighted by the inverse frequency sum(n) / n_i. In the released code the first
 * stage overwrites the weights with ones for good, so that it equals cross entropy.
 */
export function weightedLoss(counts: readonly number[], options: StageOptions): EpochLoss {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return classWeightedCrossEntropy(counts.length, (epoch, seen) => {
    const remembered = options.asReleased ? renewals(epoch, seen) : [epoch]
    const stages = remembered.map((number) => stageOf(number, options))
    return stages.includes(0) ? counts.map(() => 1) : counts.map((count) => total / count)
  })
}
