import { OssatureError } from '../../errors.ts'
import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { takeFrames } from './frame-order.ts'

/**
 * PadTo of PYSKL: exactly `length` frames, filled by repeating the clip (`loop`) or with zeros.
 * @throws OssatureError when the clip is empty or longer.
 */
export function padTo<A extends Coordinates>(
  points: Points<A>,
  length: number,
  mode: 'loop' | 'zero' = 'loop',
): Points<A> {
  const { frames, persons } = points
  if (frames > length || frames < 1) {
    throw new OssatureError('a clip that cannot be padded', { expected: `1 to ${length} frames`, found: `${frames}` })
  }
  const padded = takeFrames(
    points,
    Array.from({ length }, (_, t) => t % frames),
  )
  if (mode === 'zero') {
    const frameSize = points.joints * points.channels
    for (let person = 0; person < persons; person++) {
      padded.data.fill(0, (person * length + frames) * frameSize, (person + 1) * length * frameSize)
    }
  }
  return padded
}
