import type { RandomStream } from '../../random/stream.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { centreOnJoint, changeView, randomView, scaleToUnitRange } from '../frame-of-reference/nw-ucla-view.ts'
import { inModality, type Modality } from '../modality.ts'
import { dropJoints } from '../space/drop-joints.ts'
import { maskAxis } from '../space/mask.ts'
import { resampleTest, resampleTrain } from '../time/nw-ucla-resample.ts'
import { type TimedClip, timedFrames } from '../time/timed-frames.ts'

/** How SkateFormer prepares a clip of NW-UCLA; the values in brackets are those of its published recipes. */
export interface SkateformerNwUclaRecipe extends Modality {
  /** Frames the network sees (64). */
  readonly window: number
  /** Probability that an axis is dropped, and that joints are (0.5). */
  readonly probability: number
}

/** The recipe of SkateFormer on NW-UCLA with the joint modality. */
export const SKATEFORMER_NW_UCLA: SkateformerNwUclaRecipe = {
  modality: 'j',
  boneRoot: 2,
  window: 64,
  probability: 0.5,
}

/**
 * The test sample of a clip: (M, window, V, C), each axis scaled to [-1, 1] over the whole clip, with the places of its
 * frames. Joints keep their order.
 * @throws OssatureError for a clip without frames
 */
export function skateformerNwUclaTestSample(
  points: Points,
  recipe: SkateformerNwUclaRecipe,
  layout: Layout,
): TimedClip {
  const scaled = scaleToUnitRange(centreOnJoint(points))
  const clip = timedFrames(scaled, resampleTest(points.frames, recipe.window), points.frames)
  return inModality(clip, recipe, layout)
}

/**
 * An augmented training sample: another view, frames at random, then perhaps an axis and perhaps 4 to 12 joints in 16
 * to 32 frames dropped. Draws: the view, the frames, the axis, the joints.
 * @throws OssatureError for a clip without frames
 */
export function skateformerNwUclaTrainingSample(
  points: Points,
  recipe: SkateformerNwUclaRecipe,
  layout: Layout,
  stream: RandomStream,
): TimedClip {
  const { window, probability } = recipe
  const scaled = scaleToUnitRange(changeView(centreOnJoint(points), randomView(stream)))
  const clip = timedFrames(scaled, resampleTrain(points.frames, window, stream), points.frames)
  const masked = maskAxis(clip.points, stream, probability)
  const dropped = dropJoints(masked, { joints: [4, 12], frames: [16, 32], probability }, stream)
  return inModality({ ...clip, points: dropped }, recipe, layout)
}
