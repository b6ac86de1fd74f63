import { OssatureError } from '../../errors.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { rotationY } from '../../skeleton/rotation.ts'
import { firstPlace } from './turn-to-axis.ts'

/** Added to the length of the shoulder line, so the angle is a little too large where the line is short. */
const LENGTH_OFFSET = 1e-4

/**
 * Every person of every frame turned about the vertical axis y, for itself, so that the line from the left to the right
 * shoulder (the layout's `axes.across`) faces x (HiCLR, frame cache). With v the line without its height, the angle is
 * arccos(v_x / (|v| + 0.0001)), its sign that of the person's summed v_z. An empty person stays empty.
 * @throws OssatureError for other than three coordinates, or a layout without shoulders.
 */
export function turnToFront<A extends Coordinates>(points: Points<A>, layout: Layout): Points<A> {
  const { data, persons, frames, joints, channels } = points
  const { axes, name } = layout
  if (channels !== 3 || !axes) {
    throw new OssatureError('the pose cannot be turned to the front', {
      where: `layout ${name}`,
      expected: 'poses in three dimensions, and the joints of the shoulders under `axes` of the layout',
      found: axes ? `${channels} coordinates` : 'no axes',
    })
  }
  const [right, left] = axes.across
  const frameSize = joints * channels
  const turned = zeroPoints(points)
  for (let person = 0; person < persons; person++) {
    const starts = Array.from({ length: frames }, (_, frame) => (person * frames + frame) * frameSize)
    const lines = starts.map((start) => {
      const pose = { ...points, data: data.subarray(start, start + frameSize) }
      const [from, to] = [firstPlace(pose, left), firstPlace(pose, right)]
      return [to[0] - from[0], to[2] - from[2]]
    })
    const sign = lines.reduce((sum, [, z]) => sum + z, 0) >= 0 ? -1 : 1
    lines.forEach(([x, z], frame) => {
      const angle = sign * Math.acos(x / (Math.hypot(x, z) + LENGTH_OFFSET))
      const matrix = rotationY(angle)
      for (let at = starts[frame]; at < starts[frame] + frameSize; at += channels) {
        matrix.forEach((row, axis) => {
          turned.data[at + axis] = row[0] * data[at] + row[1] * data[at + 1] + row[2] * data[at + 2]
        })
      }
    })
  }
  return turned
}
