import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import { type Layout, mirrorOrder } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { takeJoints } from '../time/frame-order.ts'

/**
 * The motion as a mirror shows it: x becomes -x, and left and right joints change places. A body that picks something
 * up with the right hand then does so with the left.
 * @param points coordinates around an origin (not pixels), x first
 */
export function mirrored<A extends Coordinates>(points: Points<A>, layout: Layout): Points<A> {
  const reflected = zeroPoints(points)
  for (let i = 0; i < points.data.length; i++) {
    reflected.data[i] = i % points.channels === 0 ? -points.data[i] : points.data[i]
  }
  return takeJoints(reflected, mirrorOrder(layout))
}
