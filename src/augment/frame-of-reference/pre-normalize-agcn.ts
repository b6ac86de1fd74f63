import { OssatureError } from '../../errors.ts'
import type { Points } from '../../skeleton/points.ts'
import { refillFrames } from '../time/refill-frames.ts'
import { turnToAxis } from './turn-to-axis.ts'

export interface PreNormalizeAgcnOptions {
  /** The joint that becomes the origin in every frame. Default 1, the middle of the spine of NTU RGB+D. */
  readonly centerJoint?: number
  /** Bottom and top joint of the spine, turned to the z axis. Default [0, 1]. */
  readonly zaxis?: readonly [number, number]
  /** Right and left shoulder, turned to the x axis. Default [8, 4]. */
  readonly xaxis?: readonly [number, number]
}

/**
 * The pre-normalisation of 2s-AGCN, in single precision: empty frames are refilled (`refillFrames`); in every frame the
 * first person's centre becomes the origin of all persons; the clip is turned so that in the first frame the first
 * person's spine points up (z) and the line from left to right shoulder along x.
 *
 * As in the release a joint whose coordinates sum to 0 counts as missing and becomes 0. PreNormalize3D of PYSKL
 * (`preNormalize3d`) took this over with other rules for empty frames and one centre for the clip.
 * @throws OssatureError for other than three coordinates
 */
export function preNormalizeAgcn(points: Points, options: PreNormalizeAgcnOptions = {}): Points {
  const { centerJoint = 1, zaxis = [0, 1], xaxis = [8, 4] } = options
  if (points.channels !== 3) {
    throw new OssatureError('pre-normalisation of such a clip is not defined', {
      expected: '3 coordinates',
      found: `${points.channels}`,
    })
  }
  const centred = centreEveryFrame(refillFrames(points), centerJoint)
  return turnToAxis(turnToAxis(centred, zaxis, 2, 'float32'), [xaxis[1], xaxis[0]], 0, 'float32')
}

function centreEveryFrame(points: Points, centre: number): Points {
  const { data, frames, joints, channels } = points
  const frameSize = joints * channels
  const result = new Float32Array(data.length)
  for (let at = 0; at < data.length; at += channels) {
    const [x, y, z] = data.subarray(at, at + channels)
    if (Math.fround(Math.fround(x + y) + z) === 0) continue
    const frame = Math.floor(at / frameSize) % frames
    const origin = frame * frameSize + centre * channels
    for (let c = 0; c < channels; c++) result[at + c] = data[at + c] - data[origin + c]
  }
  return { ...points, data: result }
}
