import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'

/** The coordinate that grows upwards, or downwards where the sign is -1. */
export interface Upwards {
  readonly axis: 0 | 1 | 2
  readonly sign: 1 | -1
}

const ABOVE = [/head|nose|face/i, /neck/i, /shoulder/i]
const BELOW = [/foot|feet|toe/i, /ankle|heel/i, /knee/i, /hip|pelvis/i]

/**
 * Which way is up, by where heads are above feet in most of the clips. Without such joints, as in hands, the second
 * coordinate grows upwards in space and downwards in an image.
 */
export function upwardsIn(clips: readonly Points[], layout: Pick<Layout, 'joints' | 'dimensions'>): Upwards {
  const usual: Upwards = { axis: 1, sign: layout.dimensions === 2 ? -1 : 1 }
  const [above, below] = [landmarks(layout.joints, ABOVE), landmarks(layout.joints, BELOW)]
  if (above.length === 0 || below.length === 0) return usual
  const sums = [0, 0, 0]
  for (const points of clips) {
    const direction = directionIn(points, above, below)
    const length = Math.hypot(...direction)
    if (length > 0)
      direction.forEach((value, axis) => {
        sums[axis] += value / length
      })
  }
  const axes = layout.dimensions === 2 ? [1] : [0, 1, 2]
  const axis = axes.reduce((best, candidate) => (Math.abs(sums[candidate]) > Math.abs(sums[best]) ? candidate : best))
  return sums[axis] === 0 ? usual : { axis: axis as 0 | 1 | 2, sign: sums[axis] > 0 ? 1 : -1 }
}

/**
 * The clip with its second coordinate upwards: turned about an axis in space, turned over in an image. Only the
 * coordinates that are drawn are kept.
 */
export function turnUpright(points: Points, { axis, sign }: Upwards): Points {
  const { channels, data } = points
  const kept = Math.min(3, channels)
  const result = new Float32Array((data.length / channels) * kept)
  for (let from = 0, to = 0; from < data.length; from += channels, to += kept) {
    const [x, y, z] = [data[from], data[from + 1], kept > 2 ? data[from + 2] : 0]
    const turned = kept > 2 ? turnedInSpace(x, y, z, axis, sign) : [x, sign * y]
    result.set(turned, to)
  }
  return { ...points, data: result, channels: kept }
}

/** Rotations, so that left and right stay what they are. */
function turnedInSpace(x: number, y: number, z: number, axis: 0 | 1 | 2, sign: 1 | -1): number[] {
  if (axis === 0) return [-sign * y, sign * x, z]
  if (axis === 1) return [x, sign * y, sign * z]
  return [x, sign * z, -sign * y]
}

/** The joints of the first expression that any joint fits. */
function landmarks(joints: readonly string[], expressions: readonly RegExp[]): number[] {
  for (const expression of expressions) {
    const found = joints.flatMap((joint, i) => (expression.test(joint) ? [i] : []))
    if (found.length > 0) return found
  }
  return []
}

/** From the lower to the upper joints, over all persons and frames in which they are there. */
function directionIn(points: Points, above: readonly number[], below: readonly number[]): number[] {
  const { data, channels, joints } = points
  const size = joints * channels
  const coordinates = Math.min(3, channels)
  const sum = new Array<number>(coordinates).fill(0)
  for (let pose = 0; pose < data.length; pose += size) {
    const present = (joint: number) =>
      data.subarray(pose + joint * channels, pose + joint * channels + coordinates).some((value) => value !== 0)
    const [upper, lower] = [above.filter(present), below.filter(present)]
    if (upper.length === 0 || lower.length === 0) continue
    for (let c = 0; c < coordinates; c++) {
      const mean = (group: readonly number[]) =>
        group.reduce((total, joint) => total + data[pose + joint * channels + c], 0) / group.length
      const difference = mean(upper) - mean(lower)
      if (Number.isFinite(difference)) sum[c] += difference
    }
  }
  return sum
}
