import { OssatureError } from '../../errors.ts'
import type { Scores } from '../scores/scores.ts'

/** Probabilities of every sample: exp(s) / sum exp(s) over its classes, in float64. */
export function softmax({ data, samples, classes }: Scores): Scores {
  const result = new Float64Array(data.length)
  for (let row = 0; row < samples * classes; row += classes) {
    let largest = -Infinity
    for (let k = 0; k < classes; k++) largest = Math.max(largest, data[row + k])
    let sum = 0
    for (let k = 0; k < classes; k++) {
      result[row + k] = Math.exp(data[row + k] - largest)
      sum += result[row + k]
    }
    for (let k = 0; k < classes; k++) result[row + k] /= sum
  }
  return { data: result, samples, classes }
}

/**
 * The weighted sum of the scores of several streams on the same samples, in float64. The weights need not sum to 1.
 * @throws OssatureError when there are no streams, or streams and weights do not fit each other
 */
export function weightedSum(streams: readonly Scores[], weights: readonly number[]): Scores {
  if (streams.length === 0) throw new OssatureError('fusion needs at least one stream')
  if (streams.length !== weights.length)
    throw new OssatureError('every stream needs its weight', {
      expected: `${streams.length} weights`,
      found: `${weights.length}`,
    })
  const { samples, classes } = streams[0]
  const result = new Float64Array(samples * classes)
  streams.forEach((stream, index) => {
    if (stream.samples !== samples || stream.classes !== classes)
      throw new OssatureError('the streams have scores of different samples or classes', {
        where: `stream ${index}`,
        expected: `${samples} samples of ${classes} classes`,
        found: `${stream.samples} samples of ${stream.classes} classes`,
      })
    for (let i = 0; i < result.length; i++) result[i] += weights[index] * stream.data[i]
  })
  return { data: result, samples, classes }
}
