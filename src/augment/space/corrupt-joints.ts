import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { transformPoints } from '../../skeleton/rotation.ts'
import { takeJoints } from '../time/frame-order.ts'
import { withoutJoints } from './mask.ts'

/**
 * Joint corruption (SMI attack, HaLP, after ISC): some joints of all frames and persons become 0 or, with the same
 * probability, row vectors p become p W with a matrix W uniform in [-1, 1). Draws: a unit number, a sample of the joints,
 * then the entries of W row by row if the number is 0.5 or more.
 * @param count how many; default 15 of the 25 of NTU RGB+D
 * @throws OssatureError for a count that is not whole, or more joints than there are
 */
export function corruptJoints<A extends Coordinates>(points: Points<A>, stream: RandomStream, count = 15): Points<A> {
  if (!(Number.isInteger(count) && count >= 0 && count <= points.joints)) {
    throw new OssatureError('so many joints cannot be corrupted', {
      expected: `0 to ${points.joints}, the joints of the clip`,
      found: `${count}`,
    })
  }
  const zeroed = stream.unit() < 0.5
  const chosen = stream.sampleBelow(points.joints, count)
  if (zeroed) return withoutJoints(points, chosen, [...Array(points.frames).keys()])
  const { channels } = points
  const rows = Array.from({ length: channels }, () => Array.from({ length: channels }, () => stream.uniform(-1, 1)))
  const columns = rows.map((_, column) => rows.map((row) => row[column]))
  return putJoints(points, chosen, transformPoints(takeJoints(points, chosen), columns))
}

/** The points with joints of others in place of the chosen ones. */
function putJoints<A extends Coordinates>(points: Points<A>, chosen: readonly number[], others: Points<A>): Points<A> {
  const { data, joints, channels } = points
  const result = zeroPoints(points)
  result.data.set(data)
  for (let frame = 0; frame < points.persons * points.frames; frame++) {
    chosen.forEach((joint, i) => {
      const from = (frame * chosen.length + i) * channels
      result.data.set(others.data.subarray(from, from + channels), (frame * joints + joint) * channels)
    })
  }
  return result
}
