import { crossEntropyPerSample, focused } from '../../../nn/index.ts'
import { f32 } from '../../../tensor/index.ts'
import { type EpochLoss, epochLoss, equallyWeighted } from './epoch-loss.ts'
import { byStage, type StageOptions, stageOf } from './stage.ts'

/** Cross entropy before the change epoch, focal loss from it on. */
export function twoStageFocalLoss(options: StageOptions): EpochLoss {
  return epochLoss({
    inputs: () => ({ stage: f32() }),
    feeds: (epoch) => ({ stage: Float32Array.of(stageOf(epoch, options)) }),
    perSample(logits, label, { stage }) {
      const crossEntropy = crossEntropyPerSample(logits, label)
      return equallyWeighted(byStage(stage, crossEntropy, focused(crossEntropy)))
    },
  })
}
