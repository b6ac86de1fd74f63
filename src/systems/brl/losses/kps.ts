import { crossEntropyPerSample } from '../../../nn/index.ts'
import { constant, f32, gather, multiply, oneHot, subtract, unsqueeze } from '../../../tensor/index.ts'
import { exchangedByRank } from './class-ranks.ts'
import { type EpochLoss, epochLoss, equallyWeighted } from './epoch-loss.ts'
import { type StageOptions, stageOf } from './stage.ts'

const largestMargin = 0.5

/** Scales of the logits by class: log(50 n / min n), the smallest 1. */
function kpsScales(counts: readonly number[]): number[] {
  const fewest = Math.min(...counts)
  const scales = counts.map((count) => Math.log((50 * count) / fewest))
  const smallest = Math.min(...scales)
  return scales.map((scale) => scale / smallest)
}

/**
 * Key-point-sensitive loss (Li et al. 2022): cross entropy of the logits times a scale that grows with the class count,
 * less a margin at the label that falls with it; from the change epoch on the scores of a clip are also multiplied by
 * the exchanged scale of its label, in [1, 50].
 */
export function kpsLoss(counts: readonly number[], { changeEpoch, asReleased }: StageOptions): EpochLoss {
  const classes = counts.length
  const stages = { changeEpoch, asReleased: false }
  const scales = kpsScales(counts)
  const exchanged = exchangedByRank(scales, counts, asReleased)
  const largest = Math.max(...exchanged)
  const scale = constant(Float32Array.from(scales), [classes])
  const margin = constant(
    Float32Array.from(exchanged, (value) => value * (largestMargin / largest)),
    [classes],
  )
  const clipScalesAt = (epoch: number) =>
    exchanged.map((value) => (stageOf(epoch, stages) === 0 ? 1 : Math.min(50, Math.max(1, value))))
  return epochLoss({
    inputs: () => ({ clipScales: f32(classes) }),
    feeds: (epoch) => ({ clipScales: Float32Array.from(clipScalesAt(epoch)) }),
    perSample(logits, label, { clipScales }) {
      const scores = subtract(multiply(logits, scale), multiply(oneHot(label, classes), margin))
      const scaled = multiply(scores, unsqueeze(gather(clipScales, label), 1))
      return equallyWeighted(crossEntropyPerSample(scaled, label))
    },
  })
}
