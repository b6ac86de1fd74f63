import { streamNames } from '../../skeleton/streams.ts'
import { formatGcnInput } from '../format-gcn-input.ts'
import { centreOnFirstPose } from '../frame-of-reference/centre-on-first-pose.ts'
import {
  type SkateformerNwUclaRecipe,
  skateformerNwUclaTestSample,
  skateformerNwUclaTrainingSample,
} from '../recipes/skateformer-nw-ucla.ts'
import {
  type SkateformerRecipe,
  skateformerTestSample,
  skateformerTrainingSample,
} from '../recipes/skateformer-recipe.ts'
import type { TimedClip } from '../time/timed-frames.ts'
import {
  type ClipForm,
  FRAMES,
  fieldDefect,
  type InputShapes,
  JOINT,
  NUMBER,
  oneOf,
  PERSONS,
  type SampleInputs,
  type SampleMaker,
} from './sample-maker.ts'

/** How SkateFormer's clips of three coordinates are prepared, as for NTU RGB+D. */
export interface SkateformerSampleRecipe extends SkateformerRecipe {
  readonly kind: 'skateformer'
  readonly persons: number
  /** What a clip of one person has in the second one's place. */
  readonly secondPerson: 'zeros' | 'copy'
}

/** How SkateFormer's clips are prepared as for NW-UCLA. */
export interface SkateformerNwUclaSampleRecipe extends SkateformerNwUclaRecipe {
  readonly kind: 'skateformer-nw-ucla'
  readonly persons: number
}

/** What both kinds of recipes must say. */
const SEEN = { persons: PERSONS, window: FRAMES, boneRoot: JOINT, modality: oneOf(...streamNames) }

export const skateformerMaker: SampleMaker<SkateformerSampleRecipe> = {
  shapes: shapesOf,
  prepared(points, { persons, secondPerson }, layout) {
    const [placed] = formatGcnInput(points, { persons, mode: secondPerson === 'copy' ? 'loop' : 'zero' })
    return centreOnFirstPose(placed, layout.axes?.origin ?? layout.centre)
  },
  training: (points, recipe, layout, stream, partner) =>
    inputsOf(skateformerTrainingSample(points, recipe, layout, stream, () => partner)),
  test: (points, recipe, layout) => [inputsOf(skateformerTestSample(points, recipe, layout))],
  takesPartner: ({ inter }) => inter > 0,
  defect: (recipe) =>
    fieldDefect(recipe, {
      ...SEEN,
      leastFrames: FRAMES,
      testShare: NUMBER,
      sampling: oneOf('trimmed-uniform', 'crop-resize'),
      secondPerson: oneOf('zeros', 'copy'),
    }),
}

export const skateformerNwUclaMaker: SampleMaker<SkateformerNwUclaSampleRecipe> = {
  shapes: shapesOf,
  prepared: (points, { persons }) => formatGcnInput(points, { persons })[0],
  training: (points, recipe, layout, stream) =>
    inputsOf(skateformerNwUclaTrainingSample(points, recipe, layout, stream)),
  test: (points, recipe, layout) => [inputsOf(skateformerNwUclaTestSample(points, recipe, layout))],
  defect: (recipe) => fieldDefect(recipe, SEEN),
}

function shapesOf(
  { persons, window }: { readonly persons: number; readonly window: number },
  { joints, channels }: ClipForm,
): InputShapes {
  return { clip: [persons, window, joints, channels], index_t: [window] }
}

function inputsOf({ points, index }: TimedClip): SampleInputs {
  return { clip: points.data, index_t: index }
}
