import type { RandomStream } from '../../random/stream.ts'
import type { Coordinates } from '../../skeleton/allocate.ts'
import { type Layout, mirrorOrder } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { takeJoints } from '../time/frame-order.ts'

/**
 * Spatial_Flip of BRL: left and right joints change places with the given probability; coordinates are not mirrored.
 * One unit draw. Bones have to be computed afterwards.
 */
export function spatialFlip<A extends Coordinates>(
  points: Points<A>,
  layout: Layout,
  stream: RandomStream,
  probability = 0.5,
): Points<A> {
  return stream.unit() < probability ? takeJoints(points, mirrorOrder(layout)) : points
}
