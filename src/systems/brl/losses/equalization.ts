import { crossEntropyPerSample } from '../../../nn/index.ts'
import type { RandomStream } from '../../../random/stream.ts'
import { add, f32, maximum, multiply, oneHot, subtract } from '../../../tensor/index.ts'
import { tailClasses } from './class-ranks.ts'
import { type EpochLoss, epochLoss, equallyWeighted } from './epoch-loss.ts'
import { type StageOptions, stageOf } from './stage.ts'

/** Probability that a tail class is left out, of the softmax equalization loss on long-tailed image classes. */
const publishedGamma = 0.9
/** The released code takes for gamma what Tan et al. state as frequency limit of the tail. */
const releasedGamma = 1.76e-3
const suppression = 1e7

/**
 * Softmax equalization loss (Tan et al. 2020): cross entropy before the change epoch; from it on a tail class that
 * is not the label is left out of the softmax with probability gamma, drawn anew for every clip and class.
 * The released code does the opposite: tail classes always stay, and every other one stays with probability 0.00176.
 * Draws N * C numbers per call of `feeds`, in the second stage only.
 */
export function equalizationLoss(counts: readonly number[], options: StageOptions): EpochLoss {
  const classes = counts.length
  const tail = tailClasses(counts, options.asReleased)
  const isKept = (label: number, random: RandomStream) => {
    const draw = random.unit()
    if (options.asReleased) return tail[label] || draw >= 1 - releasedGamma
    return !tail[label] || draw >= publishedGamma
  }
  return epochLoss({
    inputs: (samples) => ({ kept: f32(samples, classes) }),
    feeds(epoch, samples, random) {
      if (stageOf(epoch, options) === 0) return { kept: new Float32Array(samples * classes).fill(1) }
      const kept = Float32Array.from({ length: samples * classes }, (_, i) => (isKept(i % classes, random) ? 1 : 0))
      return { kept }
    },
    perSample(logits, label, { kept }) {
      const present = maximum(kept, oneHot(label, classes))
      const scores = add(multiply(logits, present), multiply(subtract(present, 1), suppression))
      return equallyWeighted(crossEntropyPerSample(scores, label))
    },
  })
}
