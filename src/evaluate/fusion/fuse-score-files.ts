import type { ScoreFile } from '../scores/score-file.ts'
import type { Scores } from '../scores/scores.ts'
import { softmax, weightedSum } from './fusion.ts'
import type { FusionOf } from './fusion-presets.ts'

/**
 * What a fusion adds up of a run's probabilities. `scores` are their logarithms: a network's raw scores but for a
 * constant per clip, which changes no order of classes.
 */
export function streamOf({ data, samples, classes }: Scores, of: FusionOf): Scores {
  if (of === 'probabilities') return { data, samples, classes }
  return { data: Float64Array.from(data, (p) => Math.log(Math.max(p, Number.MIN_VALUE))), samples, classes }
}

/**
 * The fused scores as probabilities: the weighted mean of probabilities, or the softmax of the weighted sum of scores.
 * @param files on the same clips in the same order
 * @param weights not negative, one above 0
 */
export function fuseScoreFiles(files: readonly ScoreFile[], weights: readonly number[], of: FusionOf): ScoreFile {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const shares = of === 'probabilities' ? weights.map((weight) => weight / total) : weights
  const fused = weightedSum(
    files.map(({ probabilities }) => streamOf(probabilities, of)),
    shares,
  )
  const [first] = files
  const trainCounts = files.find((file) => file.trainCounts)?.trainCounts
  return { ...first, ...(trainCounts && { trainCounts }), probabilities: of === 'scores' ? softmax(fused) : fused }
}
