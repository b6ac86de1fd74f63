import { toFloat32, toFloat64 } from '../../skeleton/allocate.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { type StreamName, skeletonStreams, streamNames } from '../../skeleton/streams.ts'
import { formatGcnInput } from '../format-gcn-input.ts'
import { frameCache } from '../recipes/frame-cache.ts'
import { basicAugmentation, type GrowingAugmentation, growingViews } from '../recipes/growing-views.ts'
import { FRAMES, fieldDefect, type InputShapes, oneOf, PERSONS, type SampleMaker } from './sample-maker.ts'

interface CacheRecipe {
  readonly persons: number
  /** Frames that every clip is resized to (50). */
  readonly window: number
  /** Joints, bones or motions, made of the augmented clip. */
  readonly stream: StreamName
}

/** How HiCLR prepares clips for learning without labels: views whose augmentations grow. */
export interface GrowingViewsRecipe extends CacheRecipe, GrowingAugmentation {
  readonly kind: 'growing-views'
}

/** How HiCLR prepares clips for learning with labels. */
export interface FrameCacheRecipe extends CacheRecipe {
  readonly kind: 'frame-cache'
  /** Whether training clips are cropped in time and sheared. */
  readonly basic: boolean
}

/** Inputs of training: the four views of the clip, each (M, T, V, C). */
export const growingViewsMaker: SampleMaker<GrowingViewsRecipe> = {
  shapes({ persons, window }, { joints, channels }) {
    const shape = [persons, window, joints, channels]
    return { basic: shape, key: shape, normal: shape, strong: shape }
  },
  prepared: cached,
  training(points, recipe, layout, stream) {
    const views = growingViews(points, layout, recipe, stream)
    const seen = (view: Points) => inStream(view, recipe, layout)
    return { basic: seen(views.basic), key: seen(views.key), normal: seen(views.normal), strong: seen(views.strong) }
  },
  test: () => [],
  defect: cacheDefect,
}

export const frameCacheMaker: SampleMaker<FrameCacheRecipe> = {
  shapes: ({ persons, window }, { joints, channels }): InputShapes => ({ clip: [persons, window, joints, channels] }),
  prepared: cached,
  training(points, recipe, layout, stream) {
    const view = recipe.basic ? toFloat32(basicAugmentation(toFloat64(points), {}, stream)) : points
    return { clip: inStream(view, recipe, layout) }
  },
  test: (points, recipe, layout) => [{ clip: inStream(points, recipe, layout) }],
  defect: cacheDefect,
}

function cached(points: Points, { persons, window }: CacheRecipe, layout: Layout): Points {
  return formatGcnInput(frameCache(points, layout, window).position, { persons })[0]
}

function inStream(points: Points, { stream }: CacheRecipe, layout: Layout): Float32Array {
  return toFloat32(skeletonStreams(points, layout, [stream])).data
}

function cacheDefect(recipe: Readonly<Record<string, unknown>>): string | undefined {
  return fieldDefect(recipe, { persons: PERSONS, window: FRAMES, stream: oneOf(...streamNames) })
}
