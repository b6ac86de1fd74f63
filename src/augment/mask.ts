import type { RandomStream } from '../random/stream.ts'
import { type Coordinates, zeroPoints } from '../skeleton/allocate.ts'
import type { Layout } from '../skeleton/layout.ts'
import type { Points } from '../skeleton/points.ts'

/** Mask of BRL: with the given probability one of the three axes becomes 0. A unit draw, then the axis if applied. */
export function maskAxis<A extends Coordinates>(points: Points<A>, stream: RandomStream, probability = 0.2): Points<A> {
  if (!(stream.unit() < probability)) return points
  const masked = stream.integer(0, 3)
  return zeroWhere(points, (_, axis) => axis === masked)
}

/**
 * Part_Drop of BRL: with the given probability all joints of the left or of the right limbs become 0. A unit draw,
 * then the side if applied, 0 for left.
 */
export function dropSide<A extends Coordinates>(
  points: Points<A>,
  layout: Layout,
  stream: RandomStream,
  probability = 0.5,
): Points<A> {
  if (!(stream.unit() < probability)) return points
  const side = stream.integer(0, 2)
  const dropped = new Set(layout.mirrored.map((pair) => pair[side]))
  return zeroWhere(points, (joint) => dropped.has(joint))
}

function zeroWhere<A extends Coordinates>(
  points: Points<A>,
  isZero: (joint: number, axis: number) => boolean,
): Points<A> {
  const { data, joints, channels } = points
  const result = zeroPoints(points)
  for (let i = 0; i < data.length; i++) {
    const joint = Math.floor(i / channels) % joints
    if (!isZero(joint, i % channels)) result.data[i] = data[i]
  }
  return result
}
