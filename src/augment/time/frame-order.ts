import { OssatureError } from '../../errors.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'

/**
 * The frames at the given indices, in that order; a frame may come several times or not at all.
 * @throws OssatureError when an index is not a frame.
 */
export function takeFrames<A extends Coordinates>(points: Points<A>, indices: readonly number[]): Points<A> {
  const { frames, persons } = points
  const wrong = indices.find((index) => !Number.isInteger(index) || index < 0 || index >= frames)
  if (wrong !== undefined) {
    throw new OssatureError('no such frame', { expected: `0 to ${frames - 1}`, found: String(wrong) })
  }
  const frameSize = points.joints * points.channels
  const taken = zeroPoints(points, { frames: indices.length })
  for (let person = 0; person < persons; person++) {
    indices.forEach((index, t) => {
      const from = (person * frames + index) * frameSize
      taken.data.set(points.data.subarray(from, from + frameSize), (person * indices.length + t) * frameSize)
    })
  }
  return taken
}

/** Joint v of the result is joint `order[v]` of the points. */
export function takeJoints<A extends Coordinates>(points: Points<A>, order: readonly number[]): Points<A> {
  const { joints, channels } = points
  const taken = zeroPoints(points, { joints: order.length })
  const frames = points.persons * points.frames
  for (let frame = 0; frame < frames; frame++) {
    order.forEach((joint, v) => {
      const from = (frame * joints + joint) * channels
      const to = (frame * order.length + v) * channels
      for (let c = 0; c < channels; c++) taken.data[to + c] = points.data[from + c]
    })
  }
  return taken
}
