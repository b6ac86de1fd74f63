import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import { roundHalfEven } from '../../skeleton/precision.ts'
import { cropOfCrop, type ImagePoses, type ImageShape } from './image-poses.ts'

/** A rectangle of whole pixels. */
export interface PixelBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface RandomResizedCropOptions {
  /** Smallest and largest share of the image's area. Default [0.08, 1]. */
  area?: readonly [number, number]
  /** Smallest and largest width / height. Default [3/4, 4/3]. */
  aspect?: readonly [number, number]
}

/** Boxes are drawn this often before the middle of the image is taken. */
const ATTEMPTS = 10

/**
 * RandomResizedCrop of PYSKL: the image becomes a random box of it; all coordinates are counted from the box's corner.
 * Draws: ten logarithms of width / height, ten areas, then left and top of the first box that fits.
 * @throws OssatureError for an empty or reversed range.
 */
export function randomResizedCrop<A extends Coordinates>(
  poses: ImagePoses<A>,
  options: RandomResizedCropOptions,
  stream: RandomStream,
): ImagePoses<A> {
  return cropPoses(poses, randomBox(poses.imageShape, options, stream))
}

/** The image becomes a box of it; coordinates are counted from the box's corner. */
export function cropPoses<A extends Coordinates>(poses: ImagePoses<A>, box: PixelBox): ImagePoses<A> {
  const { channels, data } = poses.points
  const corner = [box.left, box.top]
  const points = zeroPoints(poses.points)
  for (let i = 0; i < data.length; i++) points.data[i] = data[i] - (corner[i % channels] ?? 0)
  const [height, width] = poses.imageShape
  return {
    ...poses,
    points,
    imageShape: [box.height, box.width],
    crop: cropOfCrop(poses.crop, [box.left / width, box.top / height, box.width / width, box.height / height]),
  }
}

function randomBox(imageShape: ImageShape, options: RandomResizedCropOptions, stream: RandomStream): PixelBox {
  const { area = [0.08, 1], aspect = [3 / 4, 4 / 3] } = options
  if (!(area[0] > 0 && area[0] <= area[1] && area[1] <= 1 && aspect[0] > 0 && aspect[0] <= aspect[1])) {
    throw new OssatureError('ranges that no crop has', {
      expected: 'areas in (0, 1] and positive ratios, the smaller first',
      found: `areas ${area.join(' to ')}, ratios ${aspect.join(' to ')}`,
    })
  }
  const [imageHeight, imageWidth] = imageShape
  const ratios = Array.from({ length: ATTEMPTS }, () =>
    Math.exp(stream.uniform(Math.log(aspect[0]), Math.log(aspect[1]))),
  )
  const areas = ratios.map(() => stream.uniform(area[0], area[1]) * imageHeight * imageWidth)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const width = roundHalfEven(Math.sqrt(areas[attempt] * ratios[attempt]))
    const height = roundHalfEven(Math.sqrt(areas[attempt] / ratios[attempt]))
    if (height > imageHeight || width > imageWidth) continue
    const left = stream.integer(0, imageWidth - width + 1)
    const top = stream.integer(0, imageHeight - height + 1)
    return { left, top, width, height }
  }
  const edge = Math.min(imageHeight, imageWidth)
  const left = Math.floor((imageWidth - edge) / 2)
  const top = Math.floor((imageHeight - edge) / 2)
  return { left, top, width: edge, height: edge }
}
