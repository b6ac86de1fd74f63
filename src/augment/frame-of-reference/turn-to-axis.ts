import type { Coordinates } from '../../skeleton/allocate.ts'
import type { JointGroup } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { type Precision, rounder } from '../../skeleton/precision.ts'
import { absoluteSum, cross, rotationAboutAxis, transformPoints, type Vector } from '../../skeleton/rotation.ts'

const AXES: readonly Vector[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/**
 * The whole clip turned, on the shortest way, so that in the first person's first frame the line from one joint (or
 * middle of joints) to another points along an axis: 0, 1 or 2 for x, y or z. Three coordinates.
 * @param stored the format in which the line and the length of it are rounded
 */
export function turnToAxis<A extends Coordinates>(
  points: Points<A>,
  [from, to]: readonly [from: JointGroup, to: JointGroup],
  axis: 0 | 1 | 2,
  stored: Precision,
): Points<A> {
  const [start, end] = [firstPlace(points, from), firstPlace(points, to)]
  const round = rounder(stored)
  const line: Vector = [round(end[0] - start[0]), round(end[1] - start[1]), round(end[2] - start[2])]
  return transformPoints(points, rotationAboutAxis(cross(line, AXES[axis]), angleToAxis(line, axis, stored)))
}

/** Where the joint, or the middle of the joints, of the first person is in the first frame. */
export function firstPlace(points: Points<Coordinates>, group: JointGroup): Vector {
  const joints = typeof group === 'number' ? [group] : group
  const middle = (axis: number) => joints.reduce((sum, joint) => sum + points.data[3 * joint + axis], 0) / joints.length
  return [middle(0), middle(1), middle(2)]
}

/**
 * The angle to a coordinate axis with length and unit vector rounded to the stored format, as the published code does.
 * NumPy squares half- and single-precision numbers in single precision. It sums the squares of the former in single
 * precision, too, those of the latter in double.
 */
function angleToAxis(vector: Vector, axis: 0 | 1 | 2, stored: Precision): number {
  if (absoluteSum(vector) < 1e-6) return 0
  const round = rounder(stored)
  const product = rounder(stored === 'float64' ? 'float64' : 'float32')
  const partial = rounder(stored === 'float16' ? 'float32' : 'float64')
  const squared = vector.reduce((sum, value) => partial(sum + product(value * value)), 0)
  const length = round(Math.sqrt(round(squared)))
  return Math.acos(Math.min(1, Math.max(-1, round(vector[axis] / length))))
}
