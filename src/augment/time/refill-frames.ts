import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'

/**
 * Null frames of 2s-AGCN, per person: if the first frame is empty (all 0), the frames that are not move to the front;
 * then empty frames at the end are filled by repeating what is before them. Empty frames between others stay, and a
 * person who is in no frame.
 */
export function refillFrames<A extends Coordinates>(points: Points<A>): Points<A> {
  const { data, persons, frames, joints, channels } = points
  const frameSize = joints * channels
  const result = zeroPoints(points)
  for (let person = 0; person < persons; person++) {
    const start = person * frames
    const frameAt = (frame: number) => data.subarray((start + frame) * frameSize, (start + frame + 1) * frameSize)
    const present = Array.from({ length: frames }, (_, t) => t).filter((t) => frameAt(t).some((value) => value !== 0))
    if (present.length === 0) continue
    const kept = present[0] > 0 ? present : Array.from({ length: (present.at(-1) as number) + 1 }, (_, t) => t)
    for (let t = 0; t < frames; t++) result.data.set(frameAt(kept[t % kept.length]), (start + t) * frameSize)
  }
  return result
}
