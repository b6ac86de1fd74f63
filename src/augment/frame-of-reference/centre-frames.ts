import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { takeFrames } from '../time/frame-order.ts'

/** The middle `most` frames, from floor((T - most) / 2) on; a clip without more frames as it is. */
export function centreFrames<A extends Coordinates>(points: Points<A>, most: number): Points<A> {
  const surplus = points.frames - most
  if (surplus <= 0) return points
  return takeFrames(
    points,
    Array.from({ length: most }, (_, t) => Math.floor(surplus / 2) + t),
  )
}
