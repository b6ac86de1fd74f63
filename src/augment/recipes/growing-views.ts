import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'
import { type Coordinates, toFloat32, toFloat64 } from '../../skeleton/allocate.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { gaussianNoise } from '../space/gaussian-noise.ts'
import { mainAxisRotation } from '../space/main-axis-rotation.ts'
import { maskAxis } from '../space/mask.ts'
import { shear } from '../space/shear.ts'
import { spatialFlip } from '../space/spatial-flip.ts'
import { randomGaussianBlur } from '../time/gaussian-blur.ts'
import { temporalCrop } from '../time/temporal-crop.ts'
import { temporalFlip } from '../time/temporal-flip.ts'

export interface GrowingAugmentation {
  /** Frames added at each end before the crop, as one part in so many of the clip; 0 for no crop. Default 6. */
  readonly cropRatio?: number
  /** Largest shear; 0 for none. Default 0.5. */
  readonly shearAmplitude?: number
  /**
   * The steps of the normal set, as a set of digits: 1 flip, 2 rotation, 3 noise, 4 blur, 5 axis mask, 6 reversal of
   * time. They run in the order of the digits' values. Default `12345`.
   */
  readonly augMethod?: string
}

/** Views of one clip with augmentations that grow, each drawn for itself. */
export interface GrowingViews {
  /** Basic set, for the query encoder (data1 of HiCLR). */
  readonly basic: Points
  /** Basic set, for the key encoder (data2). */
  readonly key: Points
  /** Basic and normal set (data3). */
  readonly normal: Points
  /** Basic and normal set, masked later in the batch (data4). */
  readonly strong: Points
}

type Step = <A extends Coordinates>(points: Points<A>, layout: Layout, stream: RandomStream) => Points<A>

/** Each with probability 0.5, the rotation always. */
const NORMAL_STEPS: readonly Step[] = [
  (points, layout, stream) => spatialFlip(points, layout, stream),
  (points, _, stream) => mainAxisRotation(points, {}, stream),
  (points, _, stream) => gaussianNoise(points, { deviation: 0.01 }, stream),
  (points, _, stream) => randomGaussianBlur(points, {}, stream),
  (points, _, stream) => maskAxis(points, stream, 0.5),
  (points, _, stream) => temporalFlip(points, stream),
]

/** Basic set of HiCLR: temporal crop, then shear. A step that is left out draws nothing. */
export function basicAugmentation<A extends Coordinates>(
  points: Points<A>,
  { cropRatio = 6, shearAmplitude = 0.5 }: GrowingAugmentation,
  stream: RandomStream,
): Points<A> {
  const cropped = cropRatio > 0 ? temporalCrop(points, stream, cropRatio) : points
  return shearAmplitude > 0 ? shear(cropped, stream, shearAmplitude) : cropped
}

/**
 * Basic set, then the normal set of HiCLR. A step that is left out draws nothing.
 * @throws OssatureError for a step that is not there.
 */
export function normalAugmentation<A extends Coordinates>(
  points: Points<A>,
  layout: Layout,
  options: GrowingAugmentation,
  stream: RandomStream,
): Points<A> {
  const { augMethod = '12345' } = options
  if (!/^[1-6]*$/.test(augMethod)) {
    throw new OssatureError('there is no such step of the normal augmentations', {
      expected: 'digits from 1 to 6, such as 12345',
      found: `'${augMethod}'`,
    })
  }
  const steps = NORMAL_STEPS.filter((_, i) => augMethod.includes(String(i + 1)))
  return steps.reduce((view, step) => step(view, layout, stream), basicAugmentation(points, options, stream))
}

/**
 * The four views of a clip that HiCLR compares, computed in double precision. Draws: those of the views in the order
 * basic, key, normal, strong.
 * @throws OssatureError for a step that is not there.
 */
export function growingViews(
  points: Points,
  layout: Layout,
  options: GrowingAugmentation,
  stream: RandomStream,
): GrowingViews {
  const clip = toFloat64(points)
  return {
    basic: toFloat32(basicAugmentation(clip, options, stream)),
    key: toFloat32(basicAugmentation(clip, options, stream)),
    normal: toFloat32(normalAugmentation(clip, layout, options, stream)),
    strong: toFloat32(normalAugmentation(clip, layout, options, stream)),
  }
}
