import { personOrders } from '../../skeleton/persons.ts'
import { streamNames } from '../../skeleton/streams.ts'
import { type ClipRecipe, preparedClip, testSamples, trainingSample } from '../recipes/clip-recipe.ts'
import {
  type FieldRule,
  FRAMES,
  fieldDefect,
  NUMBER,
  oneOf,
  optional,
  PERSONS,
  type SampleMaker,
} from './sample-maker.ts'

const STREAMS: FieldRule = {
  expected: `a list of ${streamNames.join(', ')}`,
  fits: (value) => Array.isArray(value) && value.length > 0 && value.every((name) => streamNames.includes(name)),
}

/** Streams of a clip, (M, T, V, C of all streams). */
export const clipMaker: SampleMaker<ClipRecipe> = {
  shapes: ({ persons, clipLength, streams }, { joints, channels }) => ({
    clip: [persons, clipLength, joints, channels * streams.length],
  }),
  prepared: preparedClip,
  training: (points, recipe, layout, stream) => ({ clip: trainingSample(points, recipe, layout, stream).data }),
  test: (points, recipe, layout, clips) =>
    testSamples(points, recipe, layout, clips).map(({ data }) => ({ clip: data })),
  defect: (recipe) =>
    fieldDefect(recipe, {
      clipLength: FRAMES,
      persons: PERSONS,
      normalize: oneOf('unit-range', 'spine', 'image', 'none'),
      sampling: oneOf('uniform', 'resample'),
      streams: STREAMS,
      personChoice: optional(oneOf(...personOrders)),
      scores: optional(oneOf(true, false)),
      scale: NUMBER,
      rotation: NUMBER,
      flip: NUMBER,
    }),
}
