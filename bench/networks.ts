import { OssatureError } from '../src/errors.ts'
import { createBackbone } from '../src/models/build.ts'
import { Recognizer } from '../src/models/recognizer.ts'
import { SKATEFORMER_NTU, SKATEFORMER_NW_UCLA } from '../src/models/skateformer/recipes.ts'
import { SkateFormer } from '../src/models/skateformer/skateformer.ts'
import type { Forward } from '../src/nn/index.ts'
import { constant, expand, type Tensor } from '../src/tensor/index.ts'
import { layoutWith } from './layouts.ts'
import { classes, coordinates, dropout, type StepSizes } from './setting.ts'

/**
 * The named network at its published width, for clips (N, M, T, V, C).
 * @throws OssatureError when the network is unknown, or is not made for this number of joints
 */
export function benchmarkNetwork(network: string, sizes: StepSizes): Forward {
  if (network === 'skateformer') return new TimedSkateFormer(sizes)
  const layout = layoutWith(sizes.joints)
  return new Recognizer(createBackbone(network, { layout, persons: sizes.persons, channels: coordinates }), classes)
}

const RECIPES: Readonly<Record<number, typeof SKATEFORMER_NTU | typeof SKATEFORMER_NW_UCLA>> = {
  25: SKATEFORMER_NTU,
  20: SKATEFORMER_NW_UCLA,
}

/** SkateFormer whose frames stand evenly in time: frame t of T at 2t / T - 1. */
class TimedSkateFormer extends SkateFormer {
  private readonly times: Float32Array

  constructor({ persons, frames, joints, dropout: dropping }: StepSizes) {
    const recipe = RECIPES[joints]
    if (!recipe) {
      throw new OssatureError('SkateFormer has no recipe for this number of joints', {
        expected: Object.keys(RECIPES).join(' or '),
        found: String(joints),
      })
    }
    const shares = dropping ? dropout.skateformer : { attnDrop: 0, dropPath: 0 }
    super({ ...recipe, ...shares, numPeople: persons, numFrames: frames, numClasses: classes })
    this.times = Float32Array.from({ length: frames }, (_, t) => (2 * t) / frames - 1)
  }

  override forward(x: Tensor): Tensor {
    const frames = this.times.length
    return super.forward(x, expand(constant(this.times, [1, frames]), [x.shape[0], frames]))
  }
}
