import { OssatureError } from '../errors.ts'
import type { Points } from '../skeleton/points.ts'

/** The joint that becomes the origin: the middle of the spine of Kinect v2. */
const SPINE = 1

export interface AlignedOptions {
  /** Frames of the result; further ones are zeros. Default: those of the clip. */
  readonly frames?: number
  /** What stands in the second row of a clip of one person: nothing, or the first person again. Default `zeros`. */
  readonly second?: 'zeros' | 'copy'
}

/**
 * Translation of CTR-GCN's preparation of NTU RGB+D: the whole clip moves so that the middle of the spine of person 0
 * is the origin in the first frame with that person. In a clip of two persons, frames of a person that was missing (all
 * 0) stay 0; a clip of one person moves in all frames. A clip without person 0 stays as it is.
 *
 * The clip is what the reader makes by the rule `ctr-gcn`: bodies denoised, ordered by motion and laid in two rows.
 */
export function moveToFirstSpine(points: Points): Points {
  const { data, persons, frames, joints, channels } = points
  const frameSize = joints * channels
  const isMissing = (row: number) => data.subarray(row * frameSize, (row + 1) * frameSize).every((value) => value === 0)
  const first = Array.from({ length: frames }, (_, frame) => frame).find((frame) => !isMissing(frame))
  const moved = data.slice()
  if (first === undefined) return { ...points, data: moved }
  const start = first * frameSize + SPINE * channels
  const origin = data.slice(start, start + channels)
  for (let row = 0; row < persons * frames; row++) {
    if (persons > 1 && isMissing(row)) continue
    for (let i = row * frameSize; i < (row + 1) * frameSize; i++) moved[i] -= origin[i % channels]
  }
  return { ...points, data: moved }
}

/**
 * Two persons and as many frames as asked for, filled up with zeros. The released preparation of NTU RGB+D leaves the
 * second row of a clip of one person empty, that of NTU RGB+D 120 puts a copy of the first there.
 * @throws OssatureError for more than two persons, or more frames than asked for
 */
export function alignedPersons(points: Points, options: AlignedOptions = {}): Points {
  const { persons } = points
  const { frames = points.frames, second = 'zeros' } = options
  if (persons < 1 || persons > 2 || points.frames > frames) {
    throw new OssatureError('a clip that cannot be aligned', {
      expected: `1 or 2 persons and up to ${frames} frames`,
      found: `${persons} persons and ${points.frames} frames`,
    })
  }
  const frameSize = points.joints * points.channels
  const rowSize = points.frames * frameSize
  const aligned = new Float32Array(2 * frames * frameSize)
  for (let person = 0; person < 2; person++) {
    if (person >= persons && second === 'zeros') break
    const from = Math.min(person, persons - 1) * rowSize
    aligned.set(points.data.subarray(from, from + rowSize), person * frames * frameSize)
  }
  return { ...points, data: aligned, persons: 2, frames }
}
