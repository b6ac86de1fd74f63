import { OssatureError } from '../../errors.ts'

/** Scores of N samples for K classes, row-major (N, K): logits, probabilities or sums of them. */
export interface Scores {
  readonly data: Float32Array | Float64Array
  readonly samples: number
  readonly classes: number
}

/** A probability may exceed 1 by this much: sums in float32 round. */
export const PROBABILITY_SLACK = 1e-4

/** @throws OssatureError unless the labels are as many as the samples and each is a class index */
export function checkLabels(scores: Scores, labels: ArrayLike<number>): void {
  const { data, samples, classes } = scores
  if (data.length !== samples * classes)
    throw new OssatureError('the scores do not fill their shape', {
      expected: `${samples} samples of ${classes} classes`,
      found: `${data.length} numbers`,
    })
  checkClassIndices(labels, samples, classes)
}

/** @throws OssatureError unless the labels are as many as the samples and each is a class index */
export function checkClassIndices(labels: ArrayLike<number>, samples: number, classes: number): void {
  if (labels.length !== samples)
    throw new OssatureError('scores and labels are not of the same samples', {
      expected: `${samples} labels`,
      found: `${labels.length}`,
    })
  for (let i = 0; i < samples; i++)
    if (!Number.isInteger(labels[i]) || labels[i] < 0 || labels[i] >= classes)
      throw new OssatureError('a label is no class index', {
        where: `sample ${i}`,
        expected: `0 to ${classes - 1}`,
        found: `${labels[i]}`,
      })
}

/** Whether a score ranks above another one; what is no number ranks above all numbers, as in NumPy and PyTorch. */
export function ranksAbove(score: number, other: number): boolean {
  return score > other || (Number.isNaN(score) && !Number.isNaN(other))
}

/**
 * The predicted class of every sample: that of the highest score, of equal scores the lowest class, as `argmax` of NumPy
 * and PyTorch. Every figure of the product follows this rule, so accuracies, confusion matrix, fusion, paired tests and
 * fooling rates agree clip by clip.
 */
export function predictions({ data, samples, classes }: Scores): Int32Array {
  const predicted = new Int32Array(samples)
  for (let n = 0; n < samples; n++) {
    let best = 0
    for (let k = 1; k < classes; k++) if (ranksAbove(data[n * classes + k], data[n * classes + best])) best = k
    predicted[n] = best
  }
  return predicted
}
