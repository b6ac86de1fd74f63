import { balancedSoftmaxLoss as balancedSoftmax } from '../../../nn/index.ts'
import { type EpochLoss, epochLoss, equallyWeighted } from './epoch-loss.ts'
import { type StageOptions, stageOf } from './stage.ts'

/** Balanced softmax (Ren et al. 2020) in all epochs. */
export function balancedSoftmaxLoss(counts: readonly number[], options: StageOptions): EpochLoss {
  return epochLoss({
    inputs: () => ({}),
    feeds(epoch) {
      // Both released stages are alike, but a third is missing all the same.
      stageOf(epoch, options)
      return {}
    },
    perSample: (logits, label) => equallyWeighted(balancedSoftmax(logits, label, counts, { reduction: 'none' })),
  })
}
