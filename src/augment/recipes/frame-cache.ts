import { OssatureError } from '../../errors.ts'
import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { motionStream } from '../../skeleton/streams.ts'
import { relativeToJoint } from '../frame-of-reference/relative-to-joint.ts'
import { turnToFront } from '../frame-of-reference/turn-to-front.ts'
import { takeFrames } from '../time/frame-order.ts'
import { resizeFrames } from '../time/resize-frames.ts'

/** What HiCLR keeps of a clip for training, both with the frames of the window. */
export interface FrameCache {
  /** Joints relative to the layout's centre in the same frame, turned to the front. */
  readonly position: Points
  /** Displacement of the recorded joints from one frame to the next. */
  readonly motion: Points
  /** Frames that were resized to the window. */
  readonly validLength: number
}

/**
 * The frame cache of HiCLR (after 2s-AGCN and CrosSCLR): `motion` and `position` of the first frames of a clip resized
 * to `window` frames. As many frames are used as have a first person whose joint 0 is not at the origin: a clip with
 * gaps therefore loses its end.
 * @throws OssatureError when the first person is in no frame, for other than three coordinates, or a layout without
 * shoulders.
 */
export function frameCache(points: Points, layout: Layout, window = 50): FrameCache {
  const validLength = countPresentFrames(points, 0)
  if (validLength === 0) {
    throw new OssatureError('the clip is empty', { expected: 'a frame with the first person', found: 'none' })
  }
  const resized = (clip: Points) => resizeFrames(takeFrames(clip, [...Array(validLength).keys()]), window)
  return {
    position: turnToFront(resized(relativeToJoint(points, layout.centre)), layout),
    motion: resized(motionStream(points, layout)),
    validLength,
  }
}

/** Frames in which a person's joint 0 is not at the origin. */
export function countPresentFrames({ data, frames, joints, channels }: Points<Coordinates>, person: number): number {
  let present = 0
  for (let frame = 0; frame < frames; frame++) {
    const start = (person * frames + frame) * joints * channels
    if (data.subarray(start, start + channels).some((value) => value !== 0)) present += 1
  }
  return present
}
