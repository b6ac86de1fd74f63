import type { RandomStream } from '../../random/stream.ts'
import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { withoutJoints } from './mask.ts'

/** Smallest and largest number, or the number itself. */
export type CountRange = number | readonly [least: number, most: number]

export interface DropJointsOptions {
  /** How many joints. Default 5 to 15 (SkateFormer on NTU RGB+D; 4 to 12 on NW-UCLA). */
  readonly joints?: CountRange
  /** In how many frames. Default 16 to 32. */
  readonly frames?: CountRange
  /** Default 0.5. */
  readonly probability?: number
}

/**
 * drop_joint of SkateFormer: with the given probability some joints become 0 in some frames, the same for all persons. A
 * unit draw; if applied the number of joints (unless it is given), a sample of them, the number of frames and a sample
 * of those. All of them where there are fewer.
 */
export function dropJoints<A extends Coordinates>(
  points: Points<A>,
  options: DropJointsOptions,
  stream: RandomStream,
): Points<A> {
  const { joints = [5, 15], frames = [16, 32], probability = 0.5 } = options
  if (!(stream.unit() < probability)) return points
  const dropped = sampleOf(points.joints, joints, stream)
  return withoutJoints(points, dropped, sampleOf(points.frames, frames, stream))
}

function sampleOf(all: number, count: CountRange, stream: RandomStream): number[] {
  const wanted = typeof count === 'number' ? count : stream.integer(count[0], count[1] + 1)
  return stream.sampleBelow(all, Math.min(wanted, all))
}
