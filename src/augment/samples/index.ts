import type { Clip } from '../../data/clip.ts'
import type { Dataset } from '../../data/dataset.ts'
import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import type { ClipRecipe } from '../recipes/clip-recipe.ts'
import { type PoseChoice, seenPoses, withSeenPoses } from '../seen-poses.ts'
import { clipMaker } from './clip.ts'
import { type FrameCacheRecipe, frameCacheMaker, type GrowingViewsRecipe, growingViewsMaker } from './frame-cache.ts'
import type { ClipForm, InputShapes, SampleInputs, SampleMaker } from './sample-maker.ts'
import {
  type SkateformerNwUclaSampleRecipe,
  type SkateformerSampleRecipe,
  skateformerMaker,
  skateformerNwUclaMaker,
} from './skateformer.ts'

export type { FrameCacheRecipe, GrowingViewsRecipe } from './frame-cache.ts'
export type { ClipForm, InputShapes, SampleInputs } from './sample-maker.ts'
export type { SkateformerNwUclaSampleRecipe, SkateformerSampleRecipe } from './skateformer.ts'

/** How a recorded clip becomes what a network sees; plain data, so that a file or another thread can hold it. */
export type SampleRecipe =
  | ClipRecipe
  | SkateformerSampleRecipe
  | SkateformerNwUclaSampleRecipe
  | GrowingViewsRecipe
  | FrameCacheRecipe

const MAKERS = {
  clip: clipMaker,
  skateformer: skateformerMaker,
  'skateformer-nw-ucla': skateformerNwUclaMaker,
  'growing-views': growingViewsMaker,
  'frame-cache': frameCacheMaker,
} as const

/** The maker of a recipe's kind; it is only ever given that recipe. */
function makerOf(recipe: SampleRecipe): SampleMaker<SampleRecipe> {
  return MAKERS[recipe.kind ?? 'clip'] as unknown as SampleMaker<SampleRecipe>
}

/** Shapes of the inputs of one sample, by name. */
export function inputShapes(recipe: SampleRecipe, form: ClipForm): InputShapes {
  return makerOf(recipe).shapes(recipe, form)
}

/** The data set as the recipe has it seen: its choice of persons, and scores where it takes them. */
export function seenBySamples(dataset: Dataset, recipe: SampleRecipe): Dataset {
  return withSeenPoses(dataset, choiceOf(recipe))
}

/** The poses of one clip as the recipe has them seen. */
export function posesForSamples(clip: Pick<Clip, 'points' | 'score'>, recipe: SampleRecipe): Points {
  return seenPoses(clip, choiceOf(recipe))
}

function choiceOf(recipe: SampleRecipe): PoseChoice {
  return recipe.kind === undefined || recipe.kind === 'clip' ? recipe : {}
}

/** What of the recipe is the same every time a clip is used. */
export function preparedForSamples(points: Points, recipe: SampleRecipe, layout: Layout): Points {
  return makerOf(recipe).prepared(points, recipe, layout)
}

/** Whether training samples need another clip of the same class. */
export function takesPartner(recipe: SampleRecipe): boolean {
  return makerOf(recipe).takesPartner?.(recipe) ?? false
}

/**
 * One augmented training sample of a prepared clip.
 * @param partner another prepared clip of the same class, where the recipe needs one
 */
export function trainingInputs(
  prepared: Points,
  recipe: SampleRecipe,
  layout: Layout,
  stream: RandomStream,
  partner: Points = prepared,
): SampleInputs {
  return makerOf(recipe).training(prepared, recipe, layout, stream, partner)
}

/** The test samples of a prepared clip. A recipe that knows one way to sample a test clip gives one whatever `clips` asks for. */
export function testInputs(prepared: Points, recipe: SampleRecipe, layout: Layout, clips: number): SampleInputs[] {
  return makerOf(recipe).test(prepared, recipe, layout, clips)
}

/** What is wrong with a recipe that was read from a file, in words; undefined when it is whole. */
export function recipeDefect(recipe: Readonly<Record<string, unknown>>): string | undefined {
  const kind = recipe.kind ?? 'clip'
  if (typeof kind !== 'string' || !Object.hasOwn(MAKERS, kind)) return `a recipe of the unknown kind ${kind}`
  return MAKERS[kind as keyof typeof MAKERS].defect(recipe)
}

/** Samples end to end, by the names of their inputs. @throws OssatureError without samples */
export function joinedInputs(samples: readonly SampleInputs[]): Record<string, Float32Array<ArrayBuffer>> {
  const [first] = samples
  if (!first) throw new OssatureError('a batch needs at least one clip')
  return Object.fromEntries(
    Object.entries(first).map(([name, { length }]) => {
      const all = new Float32Array(samples.length * length)
      samples.forEach((sample, i) => {
        all.set(sample[name], i * length)
      })
      return [name, all]
    }),
  )
}
