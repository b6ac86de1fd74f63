import { OssatureError } from '../../errors.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import type { ImagePoses, ImageShape } from './image-poses.ts'

/**
 * The size of an image that is scaled by one factor so that it fits into two edges, in either orientation. Where one
 * edge is -1 the shorter side of the image takes the other.
 */
export function sizeWithin(imageShape: ImageShape, edges: readonly [number, number]): ImageShape {
  const [short, long] = [Math.min(...edges), Math.max(...edges)]
  const shorter = short === -1 ? long : short
  const longer = short === -1 ? Number.POSITIVE_INFINITY : long
  const factor = Math.min(longer / Math.max(...imageShape), shorter / Math.min(...imageShape))
  return scaledSize(imageShape, factor)
}

/** The size of an image scaled by a factor, in whole pixels. */
export function scaledSize([height, width]: ImageShape, factor: number): ImageShape {
  return [Math.trunc(height * factor + 0.5), Math.trunc(width * factor + 0.5)]
}

/**
 * Resize of PYSKL: the image gets another size, and coordinates are scaled with it, by factors in single precision.
 * @throws OssatureError for a size that is not positive.
 */
export function resizePoses<A extends Coordinates>(poses: ImagePoses<A>, size: ImageShape): ImagePoses<A> {
  if (!(size[0] > 0 && size[1] > 0 && poses.imageShape[0] > 0 && poses.imageShape[1] > 0)) {
    throw new OssatureError('an image without pixels cannot be resized', {
      expected: 'a positive height and width',
      found: `${poses.imageShape.join(' x ')} to ${size.join(' x ')}`,
    })
  }
  const factors = [Math.fround(size[1] / poses.imageShape[1]), Math.fround(size[0] / poses.imageShape[0])]
  const { channels, data } = poses.points
  const points = zeroPoints(poses.points)
  for (let i = 0; i < data.length; i++) {
    const axis = i % channels
    points.data[i] = axis < 2 ? data[i] * factors[axis] : data[i]
  }
  return { ...poses, points, imageShape: size }
}
