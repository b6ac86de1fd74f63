import { OssatureError } from '../../errors.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { rounder } from '../../skeleton/precision.ts'

/**
 * The clip with `count` frames: every coordinate interpolated linearly in time at the half-pixel centres
 * (i + 0.5) T / count - 0.5, held at both ends (`interpolate` of PyTorch, linear without aligned corners). The centres
 * are rounded to the precision of the points, which in single precision moves those of long clips by some 1e-5 frames.
 * @throws OssatureError for a clip without frames, or when no frames are asked for.
 */
export function resizeFrames<A extends Coordinates>(points: Points<A>, count: number): Points<A> {
  const { persons, frames, data } = points
  if (frames < 1 || !Number.isInteger(count) || count < 1) {
    throw new OssatureError('a clip cannot be resized so', {
      expected: 'at least one frame, before and after',
      found: `${frames} frames to ${count}`,
    })
  }
  const frameSize = points.joints * points.channels
  const resized = zeroPoints(points, { frames: count })
  const round = rounder(data instanceof Float32Array ? 'float32' : 'float64')
  const step = round(frames / count)
  for (let t = 0; t < count; t++) {
    const place = Math.min(Math.max(round(round(step * (t + 0.5)) - 0.5), 0), frames - 1)
    const before = Math.floor(place)
    const after = Math.min(before + 1, frames - 1)
    const share = place - before
    for (let person = 0; person < persons; person++) {
      const first = (person * frames + before) * frameSize
      const second = (person * frames + after) * frameSize
      const to = (person * count + t) * frameSize
      for (let i = 0; i < frameSize; i++) {
        resized.data[to + i] = (1 - share) * data[first + i] + share * data[second + i]
      }
    }
  }
  return resized
}
