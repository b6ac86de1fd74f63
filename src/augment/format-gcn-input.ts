import { OssatureError } from '../errors.ts'
import { type Coordinates, zeroPoints } from '../skeleton/allocate.ts'
import type { Points } from '../skeleton/points.ts'

export interface FormatGcnInputOptions {
  /** Persons of the network's input, M. Default 2. */
  persons?: number
  /** Missing persons are `zero`, or copies of a single person (`loop`). In the release of PYSKL `loop` leaves zeros too. */
  mode?: 'zero' | 'loop'
  /** Number of clips that follow each other in time. Default 1. */
  clips?: number
}

/**
 * FormatGCNInput of PYSKL: (M', clips * L, V, C) to one clip after the other, each (M, L, V, C); together
 * (clips, M, L, V, C) when their arrays are put in a row. Further persons are cut off.
 * @throws OssatureError when the frames do not divide into the clips.
 */
export function formatGcnInput<A extends Coordinates>(
  points: Points<A>,
  options: FormatGcnInputOptions = {},
): Points<A>[] {
  const { persons = 2, mode = 'zero', clips = 1 } = options
  const frames = points.frames / clips
  if (!Number.isInteger(frames)) {
    throw new OssatureError('frames do not divide into clips of equal length', {
      expected: `a multiple of ${clips} frames`,
      found: `${points.frames}`,
    })
  }
  const frameSize = points.joints * points.channels
  const copyFirst = mode === 'loop' && points.persons === 1
  return Array.from({ length: clips }, (_, clip) => {
    const result = zeroPoints(points, { persons, frames })
    for (let person = 0; person < persons; person++) {
      if (person >= points.persons && !copyFirst) break
      const source = copyFirst ? 0 : person
      const from = (source * points.frames + clip * frames) * frameSize
      result.data.set(points.data.subarray(from, from + frames * frameSize), person * frames * frameSize)
    }
    return result
  })
}
