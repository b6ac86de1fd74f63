import { inModality } from '../../../src/augment/modality.ts'
import {
  augmentedFrames,
  SKATEFORMER_NTU as RECIPE,
  type SkateformerRecipe,
  testFrames,
  trainingFrames,
} from '../../../src/augment/recipes/skateformer-recipe.ts'
import { takeFrames, takeJoints } from '../../../src/augment/time/frame-order.ts'
import { mutualLabel } from '../../../src/data/classes/ntu-mutual-actions.ts'
import { SKATEFORMER_NTU } from '../../../src/models/skateformer/recipes.ts'
import { nturgbD } from '../../../src/skeleton/layouts/index.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import type { Adapter, GoldenTest } from '../../adapter.ts'
import { channelFirstOf, drawsFromChannelFirst, withSteps } from '../../inputs/channel-first.ts'
import { posesOf, transformTolerance } from '../../inputs/poses.ts'

interface LabelledClip {
  readonly label: number
  readonly points: () => Points
}

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'ntu-loader',
  run(test, check) {
    const { split, item, partition, p_interval: shares } = test.config
    const clips = clipsOf(test)
    const recipe = recipeOf(test.config)
    const { label } = clips[item]
    const points = clips[item].points()
    const stream = test.stream(drawsFromChannelFirst(test.draws ?? [], { ...points, frames: recipe.window }))
    const positions = clips.flatMap((clip, position) => (clip.label === label ? [position] : []))
    const partner = () => clips[stream.choice(positions)].points()
    // The number of shares chooses the rule of the frames, in either split.
    const taken = shares.length === 1 ? testFrames(points, recipe) : trainingFrames(points, recipe, stream)
    const augmented = split === 'train' ? augmentedFrames(taken, points, recipe, nturgbD, stream, partner) : taken
    const { points: sample, index } = inModality(augmented, recipe, nturgbD)
    const ordered = partition ? takeJoints(sample, SKATEFORMER_NTU.jointOrder) : sample
    check.equal(['kept_clips'], clips.length)
    check.equal(['label'], label)
    check.close(['index_t'], index, transformTolerance(test))
    check.close(['data'], channelFirstOf(ordered), transformTolerance(test))
    check.close(['frames_0_and_10'], channelFirstOf(takeFrames(ordered, [0, 10])), transformTolerance(test))
  },
}

/** The clips that the loader keeps, with their labels. */
function clipsOf(test: GoldenTest): LabelledClip[] {
  const { loader, labels } = test.config
  return test.inputs.clips.flatMap((rule: unknown, i: number): LabelledClip[] => {
    const label = loader === 'NTU-Inter' ? mutualLabel(labels[i]) : labels[i]
    const rows = withSteps(rule, { reshape: [-1, 2, 25, 3] }, { transpose: [1, 0, 2, 3] })
    return label === undefined ? [] : [{ label, points: () => posesOf(test, rows) as Points }]
  })
}

// biome-ignore lint/suspicious/noExplicitAny: arguments of the authors' loader
function recipeOf(config: any): SkateformerRecipe {
  const { p_interval: shares, uniform = true } = config
  return {
    modality: config.data_type ?? RECIPE.modality,
    boneRoot: RECIPE.boneRoot,
    window: config.window_size ?? RECIPE.window,
    leastFrames: config.thres ?? RECIPE.leastFrames,
    sampling: uniform ? 'trimmed-uniform' : 'crop-resize',
    trainShares: shares,
    testShare: shares[0],
    intra: config.intra_p ?? RECIPE.intra,
    inter: config.inter_p ?? RECIPE.inter,
    augMethod: config.aug_method ?? RECIPE.augMethod,
  }
}
