import type { RandomStream } from '../../random/stream.ts'
import type { Points } from '../../skeleton/points.ts'
import { corruptJoints } from '../space/corrupt-joints.ts'
import { shear } from '../space/shear.ts'
import { takeFrames } from '../time/frame-order.ts'
import { resizeFrames } from '../time/resize-frames.ts'
import { framesOf, randomSpan } from '../time/valid-span.ts'

export interface ContrastiveViewOptions {
  /** Smallest and largest share of the clip. Default [0.1, 1]; never fewer than 64 frames where there are as many. */
  readonly shares?: readonly [number, number]
  /** Frames of the view. Default 64. */
  readonly window?: number
  /** Number of joints that are corrupted. Default 15. */
  readonly joints?: number
  /** What a draw below one half gives: `shear` in SMI attack, `corruption` in HaLP. Default `shear`. */
  readonly below?: 'shear' | 'corruption'
}

/**
 * One view of a clip for contrastive learning (SMI attack, HaLP): a crop of its first `valid` frames, resized, then
 * either sheared by up to 1 or with corrupted joints. Draws: those of the crop (`randomSpan`), a unit number that
 * decides, then those of `shear` row by row or of `corruptJoints`.
 * @throws OssatureError for shares that no crop has, or more corrupted joints than the clip has
 */
export function contrastiveView(
  points: Points,
  valid: number,
  options: ContrastiveViewOptions,
  stream: RandomStream,
): Points {
  const { shares = [0.1, 1], window = 64, joints, below = 'shear' } = options
  const crop = resizeFrames(takeFrames(points, framesOf(randomSpan(valid, shares, stream))), window)
  const isSheared = stream.unit() < 0.5 === (below === 'shear')
  return isSheared ? shear(crop, stream, 1, 'rows') : corruptJoints(crop, stream, joints)
}
