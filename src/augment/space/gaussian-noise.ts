import type { RandomStream } from '../../random/stream.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'

export interface AddedNoiseOptions {
  /** Default 0. */
  readonly mean?: number
  /** Standard deviation, in the unit of the coordinates. Default 0.05. */
  readonly deviation?: number
  /** Default 0.5. */
  readonly probability?: number
}

/**
 * With the given probability every coordinate gets normal noise of its own (AimCLR, HiCLR, SkateFormer). A unit draw,
 * then if applied a normal draw per coordinate, in the order of the points.
 */
export function gaussianNoise<A extends Coordinates>(
  points: Points<A>,
  options: AddedNoiseOptions,
  stream: RandomStream,
): Points<A> {
  const { mean = 0, deviation = 0.05, probability = 0.5 } = options
  if (!(stream.unit() < probability)) return points
  const noisy = zeroPoints(points)
  for (let i = 0; i < points.data.length; i++) noisy.data[i] = points.data[i] + stream.normal(mean, deviation)
  return noisy
}
