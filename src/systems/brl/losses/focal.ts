import { focalLoss as focal } from '../../../nn/index.ts'
import { type EpochLoss, epochLoss, equallyWeighted } from './epoch-loss.ts'

/** Focal loss (Lin et al. 2017) with gamma 2 in all epochs. */
export function focalLoss(): EpochLoss {
  return epochLoss({
    inputs: () => ({}),
    feeds: () => ({}),
    perSample: (logits, label) => equallyWeighted(focal(logits, label, { reduction: 'none' })),
  })
}
