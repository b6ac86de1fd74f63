import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { scaling, transformPoints } from '../../skeleton/rotation.ts'

/**
 * RandomScale of PYSKL: every axis of the clip times 1 + u * scale, u uniform in [-1, 1), one draw per axis.
 * @param scale one number for all axes or one per axis
 * @throws OssatureError for another number of scales than axes
 */
export function randomScale<A extends Coordinates>(
  points: Points<A>,
  scale: number | readonly number[],
  stream: RandomStream,
): Points<A> {
  const scales = typeof scale === 'number' ? new Array<number>(points.channels).fill(scale) : scale
  if (scales.length !== points.channels) {
    throw new OssatureError('one scale per axis', { expected: `${points.channels}`, found: `${scales.length}` })
  }
  return transformPoints(points, scaling(scales.map((axis) => 1 + stream.uniform(-1, 1) * axis)))
}
