import type { RandomStream } from '../../random/stream.ts'
import { parentsFromRoot } from '../../skeleton/bone-tree.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { inModality, type Modality } from '../modality.ts'
import { exchangeBoneLengths } from '../space/bone-length-exchange.ts'
import { framesAtPlaces, type TimedClip, timedFrames } from '../time/timed-frames.ts'
import { trimmedUniformTest, trimmedUniformTrain } from '../time/trimmed-uniform.ts'
import { validFrames } from '../time/valid-frames.ts'
import { centreSpan, framesOf, randomSpan } from '../time/valid-span.ts'
import { intraInstance } from './intra-instance.ts'

/** How SkateFormer prepares a clip of NTU RGB+D; the values in brackets are those of its published recipes. */
export interface SkateformerRecipe extends Modality {
  /** Frames the network sees (64). */
  readonly window: number
  /** A crop is not cut shorter than this (64). */
  readonly leastFrames: number
  /** `trimmed-uniform`: frames at even or random distances. `crop-resize`: a crop, interpolated. (`trimmed-uniform`) */
  readonly sampling: 'trimmed-uniform' | 'crop-resize'
  /** Smallest and largest share of a clip that a training crop takes ([0.5, 1]). */
  readonly trainShares: readonly [number, number]
  /** Share of a clip that the test crop takes (0.95). */
  readonly testShare: number
  /** Probability that a training clip is augmented by itself (0.5). */
  readonly intra: number
  /** Probability that it gets the bone lengths of another clip of its class instead (0.2). */
  readonly inter: number
  /** The steps of `intraInstance` (`a123489`). */
  readonly augMethod: string
}

/** The recipe of SkateFormer on NTU RGB+D with the joint modality. */
export const SKATEFORMER_NTU: SkateformerRecipe = {
  modality: 'j',
  boneRoot: 1,
  window: 64,
  leastFrames: 64,
  sampling: 'trimmed-uniform',
  trainShares: [0.5, 1],
  testShare: 0.95,
  intra: 0.5,
  inter: 0.2,
  augMethod: 'a123489',
}

/**
 * The test sample of a clip: (M, window, V, C) with the places of its frames. Joints keep their order; the network puts
 * them into that of its parts. Frames of zeros at the end of the clip do not count.
 * @throws OssatureError for a clip without frames
 */
export function skateformerTestSample(points: Points, recipe: SkateformerRecipe, layout: Layout): TimedClip {
  return inModality(testFrames(points, recipe), recipe, layout)
}

/** The frames of a test sample. @throws OssatureError for a clip without frames */
export function testFrames(points: Points, recipe: SkateformerRecipe): TimedClip {
  const { window, leastFrames: least, testShare } = recipe
  const valid = validFrames(points)
  const frames =
    recipe.sampling === 'trimmed-uniform'
      ? trimmedUniformTest(valid, testShare, { window, least })
      : framesOf(centreSpan(valid, testShare))
  return timedFrames(points, frames, valid, window)
}

/**
 * An augmented training sample. Draws: those of the crop, then a unit number that decides between intra-instance,
 * inter-instance and no augmentation, then theirs.
 * @param partner another clip of the same class (or the same clip) and as many persons, for the inter-instance
 * augmentation
 * @throws OssatureError for a clip without frames or an unknown augmentation
 */
export function skateformerTrainingSample(
  points: Points,
  recipe: SkateformerRecipe,
  layout: Layout,
  stream: RandomStream,
  partner: (stream: RandomStream) => Points,
): TimedClip {
  const clip = trainingFrames(points, recipe, stream)
  return inModality(augmentedFrames(clip, points, recipe, layout, stream, partner), recipe, layout)
}

/** The frames of a training sample. @throws OssatureError for a clip without frames */
export function trainingFrames(points: Points, recipe: SkateformerRecipe, stream: RandomStream): TimedClip {
  const { window, leastFrames: least, trainShares } = recipe
  const valid = validFrames(points)
  const frames =
    recipe.sampling === 'trimmed-uniform'
      ? trimmedUniformTrain(valid, trainShares, { window, least }, stream)
      : framesOf(randomSpan(valid, trainShares, stream, least))
  return timedFrames(points, frames, valid, window)
}

/**
 * The augmentation of a training sample, or none.
 * @param clip frames of `points`
 * @throws OssatureError for an unknown augmentation
 */
export function augmentedFrames(
  clip: TimedClip,
  points: Points,
  recipe: SkateformerRecipe,
  layout: Layout,
  stream: RandomStream,
  partner: (stream: RandomStream) => Points,
): TimedClip {
  const choice = stream.unit()
  if (choice < recipe.intra) return intraInstance(clip, layout, recipe.augMethod, peopleIn(points), stream)
  if (choice >= recipe.intra + recipe.inter) return clip
  const other = partner(stream)
  const reference = framesAtPlaces(other, clip.index, validFrames(other))
  const exchanged = exchangeBoneLengths(clip.points, reference, layout, parentsFromRoot(layout, recipe.boneRoot))
  return { ...clip, points: exchanged }
}

/** Persons whose coordinates do not sum to 0. */
function peopleIn({ data, persons }: Points): number {
  const size = data.length / persons
  const sums = Array.from({ length: persons }, (_, person) =>
    data.subarray(person * size, (person + 1) * size).reduce((sum, value) => sum + value, 0),
  )
  return sums.filter((sum) => sum !== 0).length
}
