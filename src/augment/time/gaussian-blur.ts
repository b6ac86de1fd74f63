import type { RandomStream } from '../../random/stream.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'

export interface GaussianBlurOptions {
  /** Number of taps. Default 15. An even one acts as the next odd one and costs a frame at each end, as released. */
  kernel?: number
  /** Range of sigma, in frames. Default [0.1, 2]. */
  sigma?: readonly [number, number]
  /** Default 0.5. */
  probability?: number
}

/**
 * RandomGaussianBlur of BRL: with the given probability every coordinate is convolved in time with
 * exp(-k^2 / (2 sigma^2)), k to both sides up to floor(kernel / 2), on the clip padded with floor((kernel - 1) / 2) zeros.
 * The weights are not normalised, so the motion also grows.
 * Draws: sigma, then a unit draw.
 */
export function randomGaussianBlur<A extends Coordinates>(
  points: Points<A>,
  options: GaussianBlurOptions,
  stream: RandomStream,
): Points<A> {
  const { kernel = 15, sigma: range = [0.1, 2], probability = 0.5 } = options
  const sigma = stream.uniform(range[0], range[1])
  if (!(stream.unit() < probability)) return points
  const radius = Math.floor(kernel / 2)
  const weights = Array.from({ length: 2 * radius + 1 }, (_, tap) =>
    Math.exp(-((tap - radius) ** 2) / (2 * sigma ** 2)),
  )
  const { persons, frames } = points
  const margin = radius - Math.floor((kernel - 1) / 2)
  const framesLeft = Math.max(0, frames - 2 * margin)
  const frameSize = points.joints * points.channels
  const blurred = zeroPoints(points, { frames: framesLeft })
  for (let person = 0; person < persons; person++) {
    const start = person * frames * frameSize
    const to = person * framesLeft * frameSize
    for (let t = 0; t < framesLeft; t++) {
      for (let i = 0; i < frameSize; i++) {
        let sum = 0
        for (let k = -radius; k <= radius; k++) {
          const from = t + margin + k
          if (from < 0 || from >= frames) continue
          sum += weights[k + radius] * points.data[start + from * frameSize + i]
        }
        blurred.data[to + t * frameSize + i] = sum
      }
    }
  }
  return blurred
}
