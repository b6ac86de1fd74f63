import { OssatureError } from '../../../errors.ts'
import type { Layout } from '../../../skeleton/layout.ts'
import { layoutByName } from '../../../skeleton/layouts/index.ts'
import { pointPlace } from '../../point-place.ts'
import { checkRoom, type PoseClip } from './detected-poses.ts'
import { layoutOfJoints } from './layout-of-joints.ts'

/** Numbers with a shape, row-major. */
export interface ShapedNumbers {
  readonly data: ArrayLike<number>
  readonly shape: readonly number[]
}

/**
 * A clip of an array (frames, joints, coordinates) or (persons, frames, joints, coordinates). Three coordinates of a
 * layout in the plane are x, y and confidence.
 *
 * @param layout default: the usual one for so many joints, two coordinates meaning the plane
 * @param bytes size of the file, which bounds what the array may take
 * @param score confidences of the shape without coordinates
 * @throws OssatureError naming person, frame and joint of a number that float32 cannot hold
 */
export function poseClipOfArray(
  { data, shape }: ShapedNumbers,
  layout: Layout | undefined,
  { where, bytes, score }: { where: string; bytes: number; score?: ShapedNumbers },
): PoseClip {
  const [persons, frames, joints, channels] = shape.length === 3 ? [1, ...shape] : shape
  if (shape.length < 3 || shape.length > 4 || shape.includes(0) || channels < 2 || channels > 3) {
    throw new OssatureError('the array is no clip', {
      where,
      expected: '(frames, joints, 2 or 3) or (persons, frames, joints, 2 or 3)',
      found: `(${shape.join(', ')})`,
    })
  }
  const chosen = layout ?? layoutByName(layoutOfJoints(joints, channels === 2 ? 2 : 3, where))
  if (joints !== chosen.joints.length || channels < chosen.dimensions) {
    throw new OssatureError('the array does not have the joints of the layout', {
      where,
      expected: `${chosen.joints.length} joints in ${chosen.dimensions} dimensions, layout ${chosen.name}`,
      found: `${joints} joints with ${channels} coordinates`,
    })
  }
  const total = persons * frames * joints
  checkRoom(total * channels, bytes, where)
  const withScore = channels > chosen.dimensions
  if (score && (withScore || String(score.shape) !== String(shape.slice(0, -1)))) {
    const expected = withScore ? 'no score beside points with a third number' : `(${shape.slice(0, -1).join(', ')})`
    throw new OssatureError('the score does not fit the points', {
      where,
      expected,
      found: `(${score.shape.join(', ')})`,
    })
  }
  checkFinite(data, { frames, joints, channels }, where)
  if (score) checkFinite(score.data, { frames, joints, channels: 1 }, `${where}, score`)
  const form = { persons, frames, joints, channels: chosen.dimensions as number }
  if (!withScore) {
    const points = { data: Float32Array.from(data), ...form }
    return { layout: chosen.name, points, ...(score && { score: Float32Array.from(score.data) }) }
  }
  const flat = new Float32Array(total * 2)
  const confidence = new Float32Array(total)
  for (let joint = 0; joint < total; joint++) {
    flat[2 * joint] = data[3 * joint]
    flat[2 * joint + 1] = data[3 * joint + 1]
    confidence[joint] = data[3 * joint + 2]
  }
  return { layout: chosen.name, points: { data: flat, ...form }, score: confidence }
}

/** Refuses numbers that float32 cannot hold. @throws OssatureError naming person, frame and joint */
export function checkFinite(
  data: ArrayLike<number>,
  { frames, joints, channels }: { frames: number; joints: number; channels: number },
  where: string,
): void {
  for (let i = 0; i < data.length; i++) {
    if (Number.isFinite(Math.fround(data[i]))) continue
    throw new OssatureError('a coordinate is not a number that float32 can hold', {
      where: `${where}, ${pointPlace(i, { frames, joints, perJoint: channels })}`,
      found: `${data[i]}`,
      hint: 'A joint that was not seen is 0.',
    })
  }
}
