import { toFloat32 } from '../skeleton/allocate.ts'
import { parentsFromRoot } from '../skeleton/bone-tree.ts'
import type { Layout } from '../skeleton/layout.ts'
import { type StreamName, skeletonStreams } from '../skeleton/streams.ts'
import type { TimedClip } from './time/timed-frames.ts'

/** What of a clip SkateFormer sees; a network per modality. */
export interface Modality {
  /** Joints, bones, or the motion of either. */
  readonly modality: StreamName
  /** The joint that all bones lead away from: the middle of the spine (1) of NTU RGB+D, that at the shoulders (2) of NW-UCLA. */
  readonly boneRoot: number
}

/** The clip in that modality, made of the sampled frames: motion is from one of them to the next. */
export function inModality({ points, index }: TimedClip, { modality, boneRoot }: Modality, layout: Layout): TimedClip {
  const partners = { b: parentsFromRoot(layout, boneRoot) }
  return { points: toFloat32(skeletonStreams(points, layout, [modality], { partners })), index }
}
