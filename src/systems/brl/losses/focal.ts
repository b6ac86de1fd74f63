import { crossEntropyPerSample } from '../../../nn/index.ts'
import { exp, multiply, negate, square, subtract, type Tensor } from '../../../tensor/index.ts'
import { type EpochLoss, epochLoss, equallyWeighted } from './epoch-loss.ts'

/** Focal loss (Lin et al. 2017) with gamma 2 in all epochs. */
export function focalLoss(): EpochLoss {
  return epochLoss({
    inputs: () => ({}),
    feeds: () => ({}),
    perSample: (logits, label) => equallyWeighted(focal(crossEntropyPerSample(logits, label))),
  })
}

/** (1 - p)^2 * CE for the probability p = exp(-CE) of the label. */
export function focal(crossEntropy: Tensor): Tensor {
  return multiply(square(subtract(1, exp(negate(crossEntropy)))), crossEntropy)
}
