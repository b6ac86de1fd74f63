import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import { cropOfCrop, type ImagePoses } from './image-poses.ts'

export interface PoseCompactOptions {
  /** The box grows by this share of its size. Default 0.25. */
  padding?: number
  /** A box that is narrower or lower than this many pixels is not used. Default 10. */
  threshold?: number
  /** Smallest and largest height / width of the box, or one number for both. Default: any. */
  heightToWidth?: number | readonly [number, number] | null
  /** Let the box reach beyond the image. Default true. */
  allowPadding?: boolean
}

/**
 * PoseCompact of PYSKL: the image becomes the padded box around all joints of all persons and frames; its corners are
 * whole pixels. Coordinates that are 0 (missing) stay 0, and so become those that are not numbers.
 */
export function poseCompact<A extends Coordinates>(
  poses: ImagePoses<A>,
  options: PoseCompactOptions = {},
): ImagePoses<A> {
  const { padding = 0.25, threshold = 10, heightToWidth = null, allowPadding = true } = options
  const { channels } = poses.points
  const points = zeroPoints(poses.points)
  poses.points.data.forEach((value, i) => {
    points.data[i] = Number.isNaN(value) ? 0 : value
  })
  const cleaned = { ...poses, points }
  const round = points.data instanceof Float32Array ? Math.fround : (value: number) => value
  const [x, y] = [extentOf(points.data, channels, 0), extentOf(points.data, channels, 1)]
  if (!(round(x.most - x.least) >= threshold && round(y.most - y.least) >= threshold)) return cleaned

  let halfWidth = (round(x.most - x.least) / 2) * (1 + padding)
  let halfHeight = (round(y.most - y.least) / 2) * (1 + padding)
  if (heightToWidth !== null) {
    const [lowest, highest] = typeof heightToWidth === 'number' ? [heightToWidth, heightToWidth] : heightToWidth
    halfHeight = Math.max(lowest * halfWidth, halfHeight)
    halfWidth = Math.max(halfHeight / highest, halfWidth)
  }
  const [height, width] = poses.imageShape
  const middleX = round(x.most + x.least) / 2
  const middleY = round(y.most + y.least) / 2
  const left = Math.trunc(allowPadding ? middleX - halfWidth : Math.max(0, middleX - halfWidth))
  const top = Math.trunc(allowPadding ? middleY - halfHeight : Math.max(0, middleY - halfHeight))
  const right = Math.trunc(allowPadding ? middleX + halfWidth : Math.min(width, middleX + halfWidth))
  const bottom = Math.trunc(allowPadding ? middleY + halfHeight : Math.min(height, middleY + halfHeight))

  for (let joint = 0; joint < points.data.length; joint += channels) {
    if (points.data[joint] !== 0) points.data[joint] -= left
    if (points.data[joint + 1] !== 0) points.data[joint + 1] -= top
  }
  return {
    ...cleaned,
    imageShape: [bottom - top, right - left],
    crop: cropOfCrop(poses.crop, [left / width, top / height, (right - left) / width, (bottom - top) / height]),
  }
}

/** Least and most of the values of one axis that are not 0. */
function extentOf(data: Coordinates, channels: number, axis: number): { least: number; most: number } {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let i = axis; i < data.length; i += channels) {
    if (data[i] === 0) continue
    least = Math.min(least, data[i])
    most = Math.max(most, data[i])
  }
  return { least, most }
}
