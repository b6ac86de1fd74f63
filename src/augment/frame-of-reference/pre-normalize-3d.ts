import { OssatureError } from '../../errors.ts'
import { type Coordinates, toFloat64 } from '../../skeleton/allocate.ts'
import type { JointGroup } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { type Precision, rounder } from '../../skeleton/precision.ts'
import type { Vector } from '../../skeleton/rotation.ts'
import { takeFrames } from '../time/frame-order.ts'
import { firstPlace, turnToAxis } from './turn-to-axis.ts'

export interface PreNormalize3dOptions {
  /** Bottom and top joint of the spine, turned to the z axis. Default [0, 1]. */
  zaxis?: readonly [JointGroup, JointGroup]
  /** Right and left shoulder, turned to the x axis. Default [8, 4]. */
  xaxis?: readonly [JointGroup, JointGroup]
  /** Turn the pose of the main person's first frame upright and to the front. Default true. */
  alignSpine?: boolean
  /** Move the centre of the main person's first frame to the origin. Default true. */
  alignCenter?: boolean
  /** The joint that becomes the origin. Default: joint 1 of 25 joints, otherwise the last joint. */
  centerJoint?: JointGroup
  /** The format in which the clip was stored and in which the centring is rounded. Default float32. */
  stored?: Precision
}

export interface PreNormalized {
  readonly points: Points<Float64Array>
  /** Where the main person's centre was; absent without centring and for an empty clip. */
  readonly bodyCenter?: Vector
}

/**
 * PreNormalize3D of PYSKL, after 2s-AGCN, for one or two persons with three coordinates. Frames in which the main
 * person is missing are removed, and the person with strictly more frames comes first. Joints that are all 0 (missing)
 * stay 0. A clip that sums to 0 is returned as it is.
 * @throws OssatureError for more than two persons or other than three coordinates.
 */
export function preNormalize3d(points: Points<Coordinates>, options: PreNormalize3dOptions = {}): PreNormalized {
  const { zaxis = [0, 1], xaxis = [8, 4], alignSpine = true, alignCenter = true, stored = 'float32' } = options
  if (points.persons > 2 || points.persons < 1 || points.channels !== 3) {
    throw new OssatureError('3-D pre-normalisation of such a clip is not defined', {
      expected: '1 or 2 persons with 3 coordinates',
      found: `${points.persons} persons with ${points.channels} coordinates`,
      hint: 'Of more persons choose two first, see `topPersons`.',
    })
  }
  const round = rounder(stored)
  let current = toFloat64(points)
  if (current.data.reduce((sum, value) => sum + value, 0) === 0) return { points: current }
  current = keepMainPerson(current)
  let bodyCenter: Vector | undefined
  if (alignCenter) {
    const joint = options.centerJoint ?? (current.joints === 25 ? 1 : current.joints - 1)
    bodyCenter = firstPlace(current, joint)
    current = centre(current, bodyCenter, round)
  }
  if (alignSpine) {
    current = turnToAxis(current, zaxis, 2, stored)
    current = turnToAxis(current, [xaxis[1], xaxis[0]], 0, 'float64')
  }
  return { points: current, bodyCenter }
}

function keepMainPerson(points: Points<Float64Array>): Points<Float64Array> {
  const first = presentFrames(points, 0)
  const second = points.persons === 2 ? presentFrames(points, 1) : []
  if (first.length >= second.length) return takeFrames(points, first)
  const kept = takeFrames(points, second)
  const half = kept.data.length / 2
  const swapped = new Float64Array(kept.data.length)
  swapped.set(kept.data.subarray(half), 0)
  swapped.set(kept.data.subarray(0, half), half)
  return { ...kept, data: swapped }
}

function presentFrames(points: Points<Float64Array>, person: number): number[] {
  const size = points.joints * points.channels
  const present: number[] = []
  for (let t = 0; t < points.frames; t++) {
    const start = (person * points.frames + t) * size
    if (points.data.subarray(start, start + size).some((value) => !(Math.abs(value) <= 1e-8))) present.push(t)
  }
  return present
}

function centre(points: Points<Float64Array>, center: Vector, round: (value: number) => number): Points<Float64Array> {
  const recorded = points.data
  const data = new Float64Array(recorded.length)
  for (let joint = 0; joint < data.length; joint += 3) {
    if (recorded[joint] === 0 && recorded[joint + 1] === 0 && recorded[joint + 2] === 0) continue
    for (let axis = 0; axis < 3; axis++) data[joint + axis] = round(recorded[joint + axis] - center[axis])
  }
  return { ...points, data }
}
