import type { RandomStream } from '../../random/stream.ts'
import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { takeFrames } from './frame-order.ts'

/** Temperal_Flip of BRL: time runs backwards with the given probability; one unit draw. */
export function temporalFlip<A extends Coordinates>(
  points: Points<A>,
  stream: RandomStream,
  probability = 0.5,
): Points<A> {
  return stream.unit() < probability ? reverseTime(points) : points
}

/** The frames from the last to the first. */
export function reverseTime<A extends Coordinates>(points: Points<A>): Points<A> {
  const { frames } = points
  return takeFrames(
    points,
    Array.from({ length: frames }, (_, t) => frames - 1 - t),
  )
}

/**
 * Temperal_Shift of BRL: with the given probability frame t becomes frame (t + s) mod T, s uniform in [0, T - 1].
 * A unit draw, then s if applied.
 */
export function temporalShift<A extends Coordinates>(
  points: Points<A>,
  stream: RandomStream,
  probability = 0.5,
): Points<A> {
  if (!(stream.unit() < probability)) return points
  const { frames } = points
  const shift = stream.integer(0, frames)
  return takeFrames(
    points,
    Array.from({ length: frames }, (_, t) => (t + shift) % frames),
  )
}
