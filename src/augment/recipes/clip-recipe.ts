import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'
import { type Coordinates, toFloat32 } from '../../skeleton/allocate.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { concatenateChannels, type StreamName, skeletonStreams } from '../../skeleton/streams.ts'
import { formatGcnInput } from '../format-gcn-input.ts'
import { centreOnJoint, changeView, randomView, scaleToUnitRange } from '../frame-of-reference/nw-ucla-view.ts'
import { layoutAxes, preNormalize } from '../frame-of-reference/pre-normalize.ts'
import { preNormalize3d } from '../frame-of-reference/pre-normalize-3d.ts'
import type { PoseChoice } from '../seen-poses.ts'
import { mirrored } from '../space/mirror.ts'
import { randomRotation } from '../space/random-rotation.ts'
import { randomScale } from '../space/random-scale.ts'
import { spatialFlip } from '../space/spatial-flip.ts'
import { takeFrames } from '../time/frame-order.ts'
import { resampleTest, resampleTrain } from '../time/nw-ucla-resample.ts'
import { reverseTime } from '../time/temporal-flip.ts'
import { uniformSampleTest, uniformSampleTrain } from '../time/uniform-sample.ts'

/** How a recorded clip becomes what a network sees. */
export interface ClipRecipe extends PoseChoice {
  readonly kind?: 'clip'
  /**
   * `unit-range`: centred on a joint of the first frame, every axis scaled to [-1, 1] over the clip (the NW-UCLA loaders).
   * `spine`: centred and turned upright (PYSKL `PreNormalize3D`). `image`: the image, or the box around the joints,
   * becomes [-1, 1] (PYSKL `PreNormalize2D`). `none`: coordinates as recorded.
   */
  readonly normalize: 'unit-range' | 'spine' | 'image' | 'none'
  /** Streams, joined on the channel axis. */
  readonly streams: readonly StreamName[]
  /** `uniform`: PYSKL `UniformSample`; `resample`: the two index rules of the NW-UCLA loaders. */
  readonly sampling: 'uniform' | 'resample'
  /** Frames the network sees, T. */
  readonly clipLength: number
  readonly persons: number
  /** Training: a random camera direction per clip (up to 60 degrees about x and y, scale 0.5 to 1.5). */
  readonly view: boolean
  /** Training: each axis stretched by 1 + U(-scale, scale). */
  readonly scale: number
  /** Training: turned by up to this angle, in radians, about each axis. */
  readonly rotation: number
  /** Training: probability that left and right joints change places. */
  readonly flip: number
  /** Training: probability that the whole motion is mirrored; 0 when absent. */
  readonly mirror?: number
  /** Training: probability that the motion runs backwards; 0 when absent. */
  readonly reverse?: number
}

/** The joint that NW-UCLA clips are centred on: the middle of the spine. */
const UNIT_RANGE_CENTRE = 1

/**
 * What of the recipe is the same every time a clip is used. The layout tells which joints `spine` turns and what the
 * coordinates of `image` count; without it `spine` takes the joints of NTU RGB+D.
 * @throws OssatureError for `image` without a layout, and for points that the normalisation is not defined for
 */
export function preparedClip(points: Points, recipe: ClipRecipe, layout?: Layout): Points {
  switch (recipe.normalize) {
    case 'unit-range':
      return centreOnJoint(points, UNIT_RANGE_CENTRE)
    case 'spine':
      return toFloat32(preNormalize3d(points, layout && layoutAxes(layout)).points)
    case 'image':
      if (!layout) throw new OssatureError('poses in an image are normalised by their layout', { expected: 'a layout' })
      return preNormalize(points, layout)
    case 'none':
      return points
  }
}

/** One augmented training sample (M, L, V, C) of a prepared clip. */
export function trainingSample(prepared: Points, recipe: ClipRecipe, layout: Layout, stream: RandomStream): Points {
  let points: Points<Coordinates> = prepared
  if (recipe.view) points = changeView(points, randomView(stream))
  if (recipe.normalize === 'unit-range') points = scaleToUnitRange(points)
  if (recipe.scale > 0) points = onCoordinates(points, layout, (place) => randomScale(place, recipe.scale, stream))
  if (recipe.rotation > 0) {
    points = onCoordinates(points, layout, (place) => randomRotation(place, { theta: recipe.rotation }, stream))
  }
  if (recipe.flip > 0) points = spatialFlip(points, layout, stream, recipe.flip)
  if (recipe.mirror && stream.unit() < recipe.mirror) points = mirrored(points, layout)
  if (recipe.reverse && stream.unit() < recipe.reverse) points = reverseTime(points)
  const sampled =
    recipe.sampling === 'resample'
      ? resampleTrain(points.frames, recipe.clipLength, stream)
      : uniformSampleTrain(points.frames, { clipLength: recipe.clipLength }, stream)
  return networkInput(points, recipe, layout, sampled)[0]
}

/**
 * The test samples (M, L, V, C) of a prepared clip. `resample` knows one way to sample a test clip, so it gives one
 * whatever `clips` asks for.
 */
export function testSamples(prepared: Points, recipe: ClipRecipe, layout: Layout, clips: number): Points[] {
  const points = recipe.normalize === 'unit-range' ? scaleToUnitRange(prepared) : prepared
  if (recipe.sampling === 'resample') {
    return networkInput(points, recipe, layout, resampleTest(points.frames, recipe.clipLength))
  }
  const indices = uniformSampleTest(points.frames, { clipLength: recipe.clipLength, clips })
  return networkInput(points, recipe, layout, indices, clips)
}

/** Streams are made before frames are picked, so motion is between neighbouring recorded frames. */
function networkInput(
  points: Points<Coordinates>,
  recipe: ClipRecipe,
  layout: Layout,
  frames: readonly number[],
  clips = 1,
): Points[] {
  const streams = toFloat32(takeFrames(skeletonStreams(points, layout, recipe.streams), frames))
  return formatGcnInput(streams, { persons: recipe.persons, mode: 'zero', clips })
}

/** Changes coordinates and leaves the scores of poses in an image, the third channel, as they are. */
function onCoordinates(
  points: Points<Coordinates>,
  layout: Layout,
  change: (place: Points<Coordinates>) => Points<Coordinates>,
): Points<Coordinates> {
  if (points.channels <= layout.dimensions) return change(points)
  const { data, channels } = points
  const part = (from: number, to: number) => ({
    ...points,
    channels: to - from,
    data: data.filter((_, i) => i % channels >= from && i % channels < to),
  })
  return concatenateChannels([change(part(0, layout.dimensions)), part(layout.dimensions, channels)])
}
