import type { RandomStream } from '../../random/stream.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'

/**
 * Mask of BRL: with the given probability one of the axes becomes 0 (also AimCLR, HiCLR, and SkateFormer on NW-UCLA). A
 * unit draw, then the axis if applied.
 */
export function maskAxis<A extends Coordinates>(points: Points<A>, stream: RandomStream, probability = 0.2): Points<A> {
  return stream.unit() < probability ? withoutAxis(points, stream.integer(0, points.channels)) : points
}

/**
 * drop_axis of SkateFormer on NTU RGB+D: as `maskAxis`, but the axis is drawn first, applied or not, unless it is given.
 */
export function dropAxis<A extends Coordinates>(
  points: Points<A>,
  options: { readonly axis?: number; readonly probability?: number },
  stream: RandomStream,
): Points<A> {
  const { axis = stream.integer(0, points.channels), probability = 0.5 } = options
  return stream.unit() < probability ? withoutAxis(points, axis) : points
}

/** One coordinate of every joint becomes 0. */
export function withoutAxis<A extends Coordinates>(points: Points<A>, masked: number): Points<A> {
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

/** Some joints become 0 in some frames, for all persons. */
export function withoutJoints<A extends Coordinates>(
  points: Points<A>,
  joints: readonly number[],
  frames: readonly number[],
): Points<A> {
  const [dropped, when] = [new Set(joints), new Set(frames)]
  return zeroWhere(points, (joint, _, frame) => dropped.has(joint) && when.has(frame))
}

function zeroWhere<A extends Coordinates>(
  points: Points<A>,
  isZero: (joint: number, axis: number, frame: number) => boolean,
): Points<A> {
  const { data, joints, channels, frames } = points
  const result = zeroPoints(points)
  for (let i = 0; i < data.length; i++) {
    const row = Math.floor(i / channels)
    if (!isZero(row % joints, i % channels, Math.floor(row / joints) % frames)) result.data[i] = data[i]
  }
  return result
}
