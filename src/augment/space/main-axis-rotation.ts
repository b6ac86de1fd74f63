import type { RandomStream } from '../../random/stream.ts'
import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { rotationXYZ, transformPoints } from '../../skeleton/rotation.ts'

export interface MainAxisRotationOptions {
  /** Largest angle about the main axis, in degrees. Default 30. */
  readonly main?: number
  /** Largest angle about the other two axes, in degrees. Default 1. */
  readonly other?: number
}

/**
 * Rotation of AimCLR and HiCLR: the whole clip turned about x, y and z, far about one axis and little about the others.
 * Draws: the main axis, then the angles about x, y and z in degrees, uniform from 0; they are never negative.
 */
export function mainAxisRotation<A extends Coordinates>(
  points: Points<A>,
  options: MainAxisRotationOptions,
  stream: RandomStream,
): Points<A> {
  const { main = 30, other = 1 } = options
  const mainAxis = stream.integer(0, 3)
  const angle = (axis: number) => (stream.uniform(0, axis === mainAxis ? main : other) * Math.PI) / 180
  return transformPoints(points, rotationXYZ([angle(0), angle(1), angle(2)]))
}
