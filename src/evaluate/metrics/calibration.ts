import { OssatureError } from '../../errors.ts'
import { checkLabels, PROBABILITY_SLACK, predictions, type Scores } from '../scores/scores.ts'

/** One bar of a reliability diagram: clips whose highest probability lies in (low, high]. */
export interface CalibrationBin {
  readonly low: number
  readonly high: number
  readonly clips: number
  /** Mean highest probability; null for an empty bin. */
  readonly confidence: number | null
  /** Share of right clips; null for an empty bin. */
  readonly accuracy: number | null
}

/** How far a classifier's probabilities are from the shares of clips that it gets right. */
export interface Calibration {
  /** Mean of |accuracy - confidence| over the bins, weighted by their clips. */
  readonly expected: number
  /** The largest of |accuracy - confidence|. */
  readonly maximum: number
  readonly bins: readonly CalibrationBin[]
}

/**
 * Expected and maximum calibration error over bins of equal width (Naeini et al. 2015; Guo et al., On Calibration of
 * Modern Neural Networks, 2017: 15 bins), in [0, 1].
 * @throws OssatureError when the scores are no probabilities, labels do not fit, or there are no samples or bins
 */
export function calibration(probabilities: Scores, labels: ArrayLike<number>, bins = 15): Calibration {
  checkLabels(probabilities, labels)
  const { data, samples, classes } = probabilities
  if (samples === 0) throw new OssatureError('a calibration error needs at least one sample')
  if (!(Number.isInteger(bins) && bins >= 1)) {
    throw new OssatureError('a calibration error needs at least one bin', { found: `${bins}` })
  }
  const predicted = predictions(probabilities)
  const counts = new Float64Array(bins)
  const confidences = new Float64Array(bins)
  const hits = new Float64Array(bins)
  for (let n = 0; n < samples; n++) {
    const confidence = data[n * classes + predicted[n]]
    if (!(confidence > 0 && confidence <= 1 + PROBABILITY_SLACK))
      throw new OssatureError('calibration needs probabilities', {
        where: `sample ${n}`,
        expected: 'a highest score in (0, 1]',
        found: `${confidence}`,
      })
    const bin = Math.min(bins - 1, Math.ceil(confidence * bins) - 1)
    counts[bin]++
    confidences[bin] += confidence
    if (predicted[n] === labels[n]) hits[bin]++
  }
  const list = Array.from(counts, (clips, bin) => ({
    low: bin / bins,
    high: (bin + 1) / bins,
    clips,
    confidence: clips > 0 ? confidences[bin] / clips : null,
    accuracy: clips > 0 ? hits[bin] / clips : null,
  }))
  const gaps = list.map(({ confidence, accuracy }) => Math.abs((accuracy ?? 0) - (confidence ?? 0)))
  const expected = gaps.reduce((sum, gap, bin) => sum + (gap * counts[bin]) / samples, 0)
  return { expected, maximum: Math.max(...gaps), bins: list }
}
