import type { RandomStream } from '../../random/stream.ts'
import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { rotationXYZ, transformPoints } from '../../skeleton/rotation.ts'

export interface OneAxisRotationOptions {
  /** 0, 1 or 2 for x, y or z. Default: drawn. */
  readonly axis?: number
  /** Largest angle, in degrees. Default 30. */
  readonly degrees?: number
  /** Default 0.5. */
  readonly probability?: number
}

/**
 * rotate of SkateFormer: with the given probability the whole clip is turned about one axis by an angle uniform in
 * [-degrees, degrees). Draws: the axis (unless it is given), the angle, then a unit draw.
 */
export function oneAxisRotation<A extends Coordinates>(
  points: Points<A>,
  options: OneAxisRotationOptions,
  stream: RandomStream,
): Points<A> {
  const { axis = stream.integer(0, 3), degrees = 30, probability = 0.5 } = options
  const angle = (stream.uniform(-degrees, degrees) * Math.PI) / 180
  if (!(stream.unit() < probability)) return points
  const about = (own: number) => (own === axis ? angle : 0)
  return transformPoints(points, rotationXYZ([about(0), about(1), about(2)]))
}
