import { OssatureError } from '../../errors.ts'
import { zeroPoints } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { fitTimeVaryingAutoregression } from './time-varying-autoregression.ts'

/** How each coordinate depends on itself one and two frames before, with the axes of the clip. */
export interface MotionCoefficients {
  /** Entry t: the derivative of frame t + 1 with respect to frame t. */
  readonly first: Points
  /** Entry t: the derivative of frame t + 2 with respect to frame t. */
  readonly second: Points
}

/**
 * Derivatives of a clip's later frames with respect to earlier ones under a time-varying autoregression of every
 * coordinate (Lu et al. 2023, arXiv 2308.05681, section 3.3): C[t+1] and C[t+1] C[t+2] + D[t+2], with C and D the
 * coefficients of order 2, and the coefficient of order 1 in place of C at the first frame. 0 where one cannot be
 * estimated.
 * @param points any number of persons, frames, joints and channels
 * @param length frames of the result, at least those of the clip: the coefficients are repeated end to end
 */
export function motionCoefficients(points: Points, length = points.frames): MotionCoefficients {
  const { data, persons, frames, joints, channels } = points
  if (length < frames)
    throw new OssatureError('motion coefficients do not fit into fewer frames than the clip has', {
      expected: `${frames} frames or more`,
      found: `${length}`,
    })
  const first = zeroPoints(points, { frames: length })
  const second = zeroPoints(points, { frames: length })
  const stride = joints * channels
  const series = new Float64Array(frames)
  for (let person = 0; person < persons; person++) {
    for (let i = 0; i < stride; i++) {
      const start = person * frames * stride + i
      for (let t = 0; t < frames; t++) series[t] = data[start + t * stride]
      // An absent person; nothing can be estimated of zeros.
      if (series.every((value) => value === 0)) continue
      const chain = derivatives(series)
      for (let t = 0; t < length; t++) {
        const at = (person * length + t) * stride + i
        first.data[at] = chain.first[t % frames]
        second.data[at] = chain.second[t % frames]
      }
    }
  }
  return { first, second }
}

function derivatives(series: Float64Array): { first: Float64Array; second: Float64Array } {
  const frames = series.length
  const order1 = fitTimeVaryingAutoregression(series, 1).coefficients
  const order2 = fitTimeVaryingAutoregression(series, 2).coefficients
  const fitted = Math.max(0, frames - 2)
  const first = new Float64Array(frames)
  const second = new Float64Array(frames)
  for (let t = 0; t < frames; t++) {
    const e = t === 0 ? (order1[0] ?? 0) : t <= fitted ? order2[2 * (t - 1)] : 0
    const [c, d] = t < fitted ? [order2[2 * t], order2[2 * t + 1]] : [0, 0]
    first[t] = numberOrZero(e)
    second[t] = numberOrZero(e * c + d)
  }
  return { first, second }
}

function numberOrZero(value: number): number {
  return Number.isNaN(value) ? 0 : value
}
