import { crossEntropyPerSample } from '../../../nn/index.ts'
import { clamp, exp, f32, negate } from '../../../tensor/index.ts'
import { type EpochLoss, epochLoss, equallyWeighted } from './epoch-loss.ts'
import { byStage, type StageOptions, stageOf } from './stage.ts'

/**
 * Cross entropy before the change epoch; from it on cross entropy of Gumbel activations exp(-exp(-x)) of the logits
 * clipped to [-4, 10]. The released limit of the loss to [0, 20] never acts: activations lie in (0, 1), so that the loss
 * is below 1 + log C.
 */
export function gumbelLoss({ changeEpoch }: StageOptions): EpochLoss {
  const stages = { changeEpoch, asReleased: false }
  return epochLoss({
    inputs: () => ({ stage: f32() }),
    feeds: (epoch) => ({ stage: Float32Array.of(stageOf(epoch, stages)) }),
    perSample(logits, label, { stage }) {
      const activations = exp(negate(exp(negate(clamp(logits, -4, 10)))))
      const losses = byStage(stage, crossEntropyPerSample(logits, label), crossEntropyPerSample(activations, label))
      return equallyWeighted(losses)
    },
  })
}
