import { OssatureError } from '../../errors.ts'
import type { Scores } from '../scores/scores.ts'

/**
 * Mean average precision over the classes that have a positive sample, in [0, 1].
 * Per class: AP = sum over the distinct scores, from high to low, of (R_i - R_{i-1}) P_i, with the precision P_i and the
 * recall R_i of the samples down to that score (no interpolation).
 *
 * @param targets 1 where the sample has the class, (N, K) as the scores
 * @returns NaN when no class has a positive sample
 * @throws OssatureError when scores and targets differ in size
 */
export function meanAveragePrecision(scores: Scores, targets: ArrayLike<number>): number {
  const { samples, classes } = scores
  if (targets.length !== samples * classes)
    throw new OssatureError('scores and targets differ in size', {
      expected: `${samples * classes} targets`,
      found: `${targets.length}`,
    })
  let sum = 0
  let counted = 0
  for (let k = 0; k < classes; k++) {
    const precision = averagePrecision(scores, targets, k)
    if (precision === undefined) continue
    sum += precision
    counted++
  }
  return sum / counted
}

function averagePrecision({ data, samples, classes }: Scores, targets: ArrayLike<number>, k: number) {
  const score = (n: number) => data[n * classes + k]
  const isPositive = (n: number) => targets[n * classes + k] > 0
  const order = Array.from({ length: samples }, (_, n) => n).sort((a, b) => score(b) - score(a))
  const positives = order.filter(isPositive).length
  if (positives === 0) return undefined
  let result = 0
  let found = 0
  let before = 0
  for (let i = 0; i < samples; i++) {
    if (isPositive(order[i])) found++
    if (i + 1 < samples && score(order[i + 1]) === score(order[i])) continue
    result += ((found - before) / positives) * (found / (i + 1))
    before = found
  }
  return result
}
