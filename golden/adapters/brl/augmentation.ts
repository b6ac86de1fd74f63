import { dropSide, maskAxis } from '../../../src/augment/space/mask.ts'
import { randomGaussianNoise } from '../../../src/augment/space/random-gaussian-noise.ts'
import { randomRotation } from '../../../src/augment/space/random-rotation.ts'
import { randomScale } from '../../../src/augment/space/random-scale.ts'
import { shear } from '../../../src/augment/space/shear.ts'
import { spatialFlip } from '../../../src/augment/space/spatial-flip.ts'
import { randomGaussianBlur } from '../../../src/augment/time/gaussian-blur.ts'
import { temporalCrop } from '../../../src/augment/time/temporal-crop.ts'
import { temporalFlip, temporalShift } from '../../../src/augment/time/temporal-flip.ts'
import type { RandomStream } from '../../../src/random/stream.ts'
import { layoutByName, nturgbD } from '../../../src/skeleton/layouts/index.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import type { Adapter } from '../../adapter.ts'
import { doublePosesOf, transformTolerance, valuesOf } from '../../inputs/poses.ts'

type Poses = Points<Float64Array>
// biome-ignore lint/suspicious/noExplicitAny: constructor arguments of the authors' class
type Transform = (poses: Poses, options: any, stream: RandomStream) => Poses

/** The authors' names of the transforms. */
const transforms: Readonly<Record<string, Transform>> = {
  Spatial_Flip: (poses, { dataset = 'nturgb+d', p }, stream) => spatialFlip(poses, layoutByName(dataset), stream, p),
  Shear: (poses, { r }, stream) => shear(poses, stream, r),
  Mask: (poses, { p }, stream) => maskAxis(poses, stream, p),
  // The released lists are those of the 25 joints of NTU RGB+D.
  Part_Drop: (poses, { p }, stream) => dropSide(poses, nturgbD, stream, p),
  Temperal_Crop: (poses, { temperal_padding_ratio: ratio }, stream) => temporalCrop(poses, stream, ratio),
  Temperal_Flip: (poses, { p }, stream) => temporalFlip(poses, stream, p),
  Temperal_Shift: (poses, { p }, stream) => temporalShift(poses, stream, p),
  RandomGaussianBlur: (poses, { kernel, sigma }, stream) => randomGaussianBlur(poses, { kernel, sigma }, stream),
  RandomGaussianNoise: (poses, { sigma, base, shared }, stream) =>
    randomGaussianNoise(poses, { sigma, base, shared }, stream),
  RandomScale: (poses, { scale = 0.2 }, stream) => randomScale(poses, scale, stream),
  RandomRot: (poses, { theta }, stream) => randomRotation(poses, { theta, upper2d: 1 }, stream),
}

export const adapter: Adapter = {
  system: 'brl',
  kind: 'augmentation',
  run(test, check) {
    const { transform, options = {} } = test.config
    const apply = transforms[transform]
    if (!apply) throw new Error(`no transform ${transform}`)
    const output = apply(doublePosesOf(test, test.inputs.keypoint), options, test.stream())
    // The release takes the size of a pose in the precision of the pose.
    const isExact = transform !== 'RandomGaussianNoise' || test.values(test.inputs.keypoint).precision === 'float64'
    check.close(['output'], valuesOf(output), transformTolerance(test, isExact ? 'float64' : 'float32'))
  },
}
