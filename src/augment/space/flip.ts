import type { RandomStream } from '../../random/stream.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import { exchangedOrder, type JointPair } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { takeJoints } from '../time/frame-order.ts'

export interface FlippedPose<A extends Coordinates> {
  readonly points: Points<A>
  readonly score?: A
}

/**
 * Flip of PYSKL on pixel coordinates: x becomes width - x where x is not 0 (missing), and mirrored joints change
 * places, with their scores (M, T, V) where given.
 * @param mirrored (left, right) joints, for example those of the layout
 */
export function flip<A extends Coordinates>(
  points: Points<A>,
  width: number,
  mirrored: readonly JointPair[],
  score?: A,
): FlippedPose<A> {
  const reflected = zeroPoints(points)
  for (let i = 0; i < points.data.length; i++) {
    const value = points.data[i]
    reflected.data[i] = i % points.channels === 0 && value !== 0 ? width - value : value
  }
  const order = exchangedOrder(points.joints, mirrored)
  return {
    points: takeJoints(reflected, order),
    score: score && takeJoints({ ...points, channels: 1, data: score }, order).data,
  }
}

/** Flips with the given probability; one unit draw. */
export function randomFlip<A extends Coordinates>(
  points: Points<A>,
  options: { probability?: number; width: number; mirrored: readonly JointPair[]; score?: A },
  stream: RandomStream,
): FlippedPose<A> {
  const { probability = 0.5, width, mirrored, score } = options
  return stream.unit() < probability ? flip(points, width, mirrored, score) : { points, score }
}
