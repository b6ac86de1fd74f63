import { OssatureError } from '../../errors.ts'
import { incompleteBeta } from './incomplete-beta.ts'

/** The mean of a few repetitions and where the true mean lies. */
export interface StudentInterval {
  readonly mean: number
  /** Standard deviation of the sample (divisor n - 1). */
  readonly deviation: number
  readonly low: number
  readonly high: number
}

/**
 * Student's confidence interval of the mean of runs that differ in their seed only: mean -+ t s / sqrt(n), with n - 1
 * degrees of freedom. It is not cut to [0, 1].
 * @throws OssatureError for fewer than two values
 */
export function studentInterval(values: readonly number[], confidence = 0.95): StudentInterval {
  const n = values.length
  if (n < 2) throw new OssatureError('an interval over seeds needs at least two runs', { found: `${n}` })
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1))
  const half = (studentQuantile(confidence, n - 1) * deviation) / Math.sqrt(n)
  return { mean, deviation, low: mean - half, high: mean + half }
}

/** The t that |T| exceeds with probability 1 - confidence: P(|T| > t) = I_x(v/2, 1/2) with x = v / (v + t^2). */
export function studentQuantile(confidence: number, freedom: number): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 200 && high - low > 1e-17; step++) {
    const x = (low + high) / 2
    if (incompleteBeta(x, freedom / 2, 0.5) < 1 - confidence) low = x
    else high = x
  }
  const x = (low + high) / 2
  return Math.sqrt((freedom * (1 - x)) / x)
}
