import type { ClipRecipe } from '../../augment/recipes/clip-recipe.ts'
import { inputShapes, preparedForSamples, type SampleRecipe, trainingInputs } from '../../augment/samples/index.ts'
import type { Dataset } from '../../data/dataset.ts'
import { layoutByName } from '../../skeleton/layouts/index.ts'
import type { PicturedSamples } from '../pictured-samples.ts'
import type { SampleOptions } from './options.ts'
import { recipeOf } from './recipe.ts'

/**
 * The samples of a recipe of any kind.
 * @param steps what is done to a clip, a phrase each
 * @param input which of the network's inputs is shown
 */
export function samplesOfRecipe(
  recipe: SampleRecipe,
  dataset: Dataset,
  steps: readonly string[],
  input = 'clip',
): PicturedSamples {
  const layout = layoutByName(dataset.layout)
  const [persons, frames, joints, channels] = inputShapes(recipe, dataset)[input]
  return {
    steps,
    sample(points, stream) {
      const prepared = preparedForSamples(points, recipe, layout)
      return { data: trainingInputs(prepared, recipe, layout, stream)[input], persons, frames, joints, channels }
    },
  }
}

/** The samples of a system whose clips are prepared by a recipe. @throws OssatureError as `recipeOf` */
export function recipeSamples(options: SampleOptions, dataset: Dataset): PicturedSamples {
  const recipe: ClipRecipe = { ...recipeOf(options, dataset), streams: ['j'] }
  return samplesOfRecipe(recipe, dataset, stepsOf(recipe))
}

const NORMALIZED = {
  'unit-range': 'every axis scaled to [-1, 1]',
  spine: 'centred and turned upright',
  image: 'the image scaled to [-1, 1]',
  none: 'coordinates as recorded',
} as const

function stepsOf({
  normalize,
  view,
  scale,
  rotation,
  flip,
  mirror = 0,
  reverse = 0,
  clipLength,
  persons,
}: ClipRecipe): string[] {
  const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`
  return [
    NORMALIZED[normalize],
    ...(view ? ['seen from a random direction, up to 60° about x and y'] : []),
    ...(scale > 0 ? [`each axis stretched by up to ${percent(scale)}`] : []),
    ...(rotation > 0 ? [`turned by up to ${Math.round((180 * rotation) / Math.PI)}° about each axis`] : []),
    ...(flip > 0 ? [`left and right joints exchanged in ${percent(flip)} of the samples`] : []),
    ...(mirror > 0 ? [`mirrored in ${percent(mirror)} of the samples`] : []),
    ...(reverse > 0 ? [`backwards in ${percent(reverse)} of the samples`] : []),
    `${clipLength} frames drawn from the clip`,
    persons === 1 ? 'one person' : `${persons} persons`,
  ]
}
