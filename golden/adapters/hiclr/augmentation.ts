import { basicAugmentation, normalAugmentation } from '../../../src/augment/recipes/growing-views.ts'
import { gaussianNoise } from '../../../src/augment/space/gaussian-noise.ts'
import { mainAxisRotation } from '../../../src/augment/space/main-axis-rotation.ts'
import { maskAxis } from '../../../src/augment/space/mask.ts'
import { shear } from '../../../src/augment/space/shear.ts'
import { spatialFlip } from '../../../src/augment/space/spatial-flip.ts'
import { randomGaussianBlur } from '../../../src/augment/time/gaussian-blur.ts'
import { temporalCrop } from '../../../src/augment/time/temporal-crop.ts'
import { temporalFlip } from '../../../src/augment/time/temporal-flip.ts'
import type { RandomStream } from '../../../src/random/stream.ts'
import { nturgbD } from '../../../src/skeleton/layouts/index.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf, drawsFromChannelFirst, fromChannelFirst } from '../../inputs/channel-first.ts'
import { doublePosesOf, transformTolerance } from '../../inputs/poses.ts'

type Poses = Points<Float64Array>
// biome-ignore lint/suspicious/noExplicitAny: arguments of the authors' functions
type Transform = (poses: Poses, options: any, stream: RandomStream) => Poses

/** The authors' names of the functions. */
const transforms: Readonly<Record<string, Transform>> = {
  temporal_crop: (poses, { ratio }, stream) => temporalCrop(poses, stream, ratio),
  shear: (poses, { amplitude }, stream) => shear(poses, stream, amplitude),
  spatial_flip: (poses, { p }, stream) => spatialFlip(poses, nturgbD, stream, p),
  rotate: (poses, _, stream) => mainAxisRotation(poses, {}, stream),
  noise: (poses, { mean, std = 0.01, p }, stream) =>
    gaussianNoise(poses, { mean, deviation: std, probability: p }, stream),
  blur: (poses, { kernel, sigma }, stream) => randomGaussianBlur(poses, { kernel, sigma }, stream),
  axis_mask: (poses, { p = 0.5 }, stream) => maskAxis(poses, stream, p),
  time_flip: (poses, { p }, stream) => temporalFlip(poses, stream, p),
  basic_pipeline: (poses, config, stream) => basicAugmentation(poses, growing(config), stream),
  normal_pipeline: (poses, config, stream) => normalAugmentation(poses, nturgbD, growing(config), stream),
}

// biome-ignore lint/suspicious/noExplicitAny: as above
const growing = ({ ratio, amplitude, aug_method }: any) => ({
  cropRatio: ratio,
  shearAmplitude: amplitude,
  augMethod: aug_method,
})

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'augmentation',
  run(test, check) {
    const { function: name } = test.config
    const apply = transforms[name]
    if (!apply) throw new Error(`no function ${name}`)
    const poses = doublePosesOf(test, fromChannelFirst(test.inputs.x))
    const stream = test.stream(drawsFromChannelFirst(test.draws ?? [], poses))
    check.close(['output'], channelFirstOf(apply(poses, test.config, stream)), transformTolerance(test, 'float64'))
  },
}
