import { personOrders } from '../../skeleton/persons.ts'
import { type ClipRecipe, preparedClip, testSamples, trainingSample } from '../clip-recipe.ts'
import { fieldDefect, type SampleMaker } from './sample-maker.ts'

/** Streams of a clip, (M, T, V, C of all streams). */
export const clipMaker: SampleMaker<ClipRecipe> = {
  shapes: ({ persons, clipLength, streams }, { joints, channels }) => ({
    clip: [persons, clipLength, joints, channels * streams.length],
  }),
  prepared: preparedClip,
  training: (points, recipe, layout, stream) => ({ clip: trainingSample(points, recipe, layout, stream).data }),
  test: (points, recipe, layout, clips) =>
    testSamples(points, recipe, layout, clips).map(({ data }) => ({ clip: data })),
  defect(recipe) {
    const field = fieldDefect(recipe, {
      numbers: ['clipLength', 'persons', 'scale', 'rotation', 'flip'],
      texts: ['normalize', 'sampling'],
    })
    if (field) return field
    const { streams, personChoice = 'given', scores = false } = recipe
    if (!personOrders.some((order) => order === personChoice)) return 'an unknown choice of persons'
    if (typeof scores !== 'boolean') return 'no truth value scores in the recipe'
    return Array.isArray(streams) && streams.every((name) => typeof name === 'string') ? undefined : 'no streams'
  },
}
