import { OssatureError } from '../../errors.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'

export interface PreNormalize2dOptions {
  /** (height, width) of the image in pixels. Default [1080, 1920]. */
  imageShape?: readonly [number, number]
  /**
   * `fix`: the image becomes [-1, 1]; `auto`: the bounding box of the valid joints does; `none`: coordinates stay as
   * they are but for joints that are not valid. Default `fix`.
   */
  mode?: 'fix' | 'auto' | 'none'
  /** Joints with a score up to this become 0. Default 0.01. */
  threshold?: number
  /** Confidence per joint (M, T, V); becomes the third channel. Without scores every joint is valid. */
  score?: ArrayLike<number>
}

/** A bounding box with a smaller extent, in pixels, is not used for scaling. */
const SMALLEST_BOX = 10

/**
 * PreNormalize2D of PYSKL on pixel coordinates, in single precision: (M, T, V, 2), or (M, T, V, 3) whose last channel
 * is the score; the result has three channels when there are scores.
 * @throws OssatureError for other channels, or scores beside a score channel.
 */
export function preNormalize2d(points: Points<Coordinates>, options: PreNormalize2dOptions = {}): Points<Float32Array> {
  const { imageShape = [1080, 1920], mode = 'fix', threshold = 0.01, score } = options
  const joints = points.persons * points.frames * points.joints
  if (
    (points.channels !== 2 && points.channels !== 3) ||
    (score && (points.channels !== 2 || score.length !== joints))
  ) {
    throw new OssatureError('2-D pre-normalisation of such poses is not defined', {
      expected: '2 coordinates with or without one score per joint, or 3 channels',
      found: `${points.channels} channels, ${score ? score.length : 'no'} scores for ${joints} joints`,
    })
  }
  const channels = score ? 3 : points.channels
  const result = zeroPoints({ ...points, data: new Float32Array(0) }, { channels })
  const scoreOf = (joint: number) => {
    if (score) return score[joint]
    return points.channels === 3 ? points.data[3 * joint + 2] : Number.POSITIVE_INFINITY
  }
  const valid = Array.from({ length: joints }, (_, joint) => !(Math.fround(scoreOf(joint)) <= Math.fround(threshold)))
  const scale = scaleOf(points, valid, mode, imageShape)
  for (let joint = 0; joint < joints; joint++) {
    for (let axis = 0; axis < 2; axis++) {
      const pixel = Math.fround(points.data[joint * points.channels + axis])
      result.data[joint * channels + axis] = valid[joint] ? scale(pixel, axis) : 0
    }
    if (channels === 3) result.data[joint * 3 + 2] = scoreOf(joint)
  }
  return result
}

type Scale = (pixel: number, axis: number) => number

function scaleOf(
  points: Points<Coordinates>,
  valid: readonly boolean[],
  mode: 'fix' | 'auto' | 'none',
  imageShape: readonly [number, number],
): Scale {
  if (mode === 'none') return (value) => value
  return mode === 'auto' ? boxScale(points, valid) : imageScale(imageShape)
}

function imageScale([height, width]: readonly [number, number]): Scale {
  const half = [width / 2, height / 2]
  return (pixel, axis) => Math.fround(pixel - half[axis]) / half[axis]
}

/** The box over all persons and frames. */
function boxScale(points: Points<Coordinates>, valid: readonly boolean[]): Scale {
  const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const most = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  valid.forEach((isValid, joint) => {
    if (!isValid) return
    for (let axis = 0; axis < 2; axis++) {
      const pixel = Math.fround(points.data[joint * points.channels + axis])
      least[axis] = Math.min(least[axis], pixel)
      most[axis] = Math.max(most[axis], pixel)
    }
  })
  const extent = least.map((low, axis) => Math.fround(most[axis] - low))
  if (!extent.every((pixels) => pixels > SMALLEST_BOX)) return (pixel) => pixel
  const middle = least.map((low, axis) => Math.fround(Math.fround(most[axis] + low) / 2))
  return (pixel, axis) => Math.fround(Math.fround(pixel - middle[axis]) / extent[axis]) * 2
}
