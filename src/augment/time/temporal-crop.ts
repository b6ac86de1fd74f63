import type { RandomStream } from '../../random/stream.ts'
import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { takeFrames } from './frame-order.ts'

/**
 * Temperal_Crop of BRL: the clip is extended at both ends by its reflected p = floor(T / ratio) frames, and T frames
 * are cut out from a start uniform in [0, 2p].
 */
export function temporalCrop<A extends Coordinates>(points: Points<A>, stream: RandomStream, ratio = 6): Points<A> {
  const { frames } = points
  const padding = Math.floor(frames / ratio)
  const start = stream.integer(0, 2 * padding + 1)
  const reflect = (t: number) => {
    if (t < padding) return padding - 1 - t
    return t < padding + frames ? t - padding : 2 * frames + padding - 1 - t
  }
  return takeFrames(
    points,
    Array.from({ length: frames }, (_, t) => reflect(start + t)),
  )
}
