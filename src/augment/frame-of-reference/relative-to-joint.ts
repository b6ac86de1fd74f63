import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'

/** Every joint minus one joint of the same person and frame. */
export function relativeToJoint<A extends Coordinates>(points: Points<A>, joint: number): Points<A> {
  const { data, joints, channels } = points
  const frameSize = joints * channels
  const relative = zeroPoints(points)
  for (let i = 0; i < data.length; i++) {
    const frame = i - (i % frameSize)
    relative.data[i] = data[i] - data[frame + joint * channels + (i % channels)]
  }
  return relative
}
