import { OssatureError } from '../errors.ts'
import { type Coordinates, zeroPoints } from './allocate.ts'
import type { ScoredPoints } from './persons.ts'
import type { Points } from './points.ts'

/** Longer clips come of a wrong rate: at 30 frames per second these are 9 hours. */
const MOST_FRAMES = 1e6

/**
 * How many frames the same time takes at another rate: rounded, at least one.
 * @param from frames per second of the clip
 * @param to frames per second that are wanted
 * @throws OssatureError for a rate that is no number above 0, or more frames than a clip can have
 */
export function framesAtRate(frames: number, from: number, to: number): number {
  const wrong = [from, to].find((rate) => !(rate > 0 && Number.isFinite(rate)))
  if (wrong !== undefined) {
    throw new OssatureError('the frame rate is wrong', { expected: 'a number above 0', found: `${wrong}` })
  }
  const count = from === to ? frames : Math.max(1, Math.round((frames * to) / from))
  if (count <= Math.max(frames, MOST_FRAMES)) return count
  throw new OssatureError('the clip would have too many frames', {
    expected: `at most ${MOST_FRAMES}`,
    found: `${frames} frames at ${from} per second would be ${count} at ${to}`,
  })
}

/**
 * The clip at another frame rate, as long in time to half a frame: frame j shows the time j / `to`, frame 0 being the
 * first. Coordinates and scores are interpolated linearly between frames, and held after the last one. A joint that is
 * missing (all its coordinates 0, or one not a number) is not mixed with one that is there: the frame that is nearer in
 * time counts, and of two as near the one that has the joint.
 * @param poses of at least one frame
 * @param from frames per second of the clip
 * @param to frames per second that are wanted
 * @returns the same poses where the rates are equal
 * @throws OssatureError as `framesAtRate`
 */
export function changeFrameRate<A extends Coordinates>(
  poses: ScoredPoints<A>,
  from: number,
  to: number,
): ScoredPoints<A> {
  const { points, score } = poses
  const count = framesAtRate(points.frames, from, to)
  if (from === to) return poses

  const { data, persons, frames, joints, channels } = points
  const resampled = zeroPoints(points, { frames: count })
  const resampledScore = score && zeroPoints({ ...points, data: score }, { frames: count, channels: 1 }).data
  for (let frame = 0; frame < count; frame++) {
    const place = Math.min((frame * from) / to, frames - 1)
    const before = Math.floor(place)
    const after = Math.min(before + 1, frames - 1)
    for (let person = 0; person < persons; person++) {
      for (let joint = 0; joint < joints; joint++) {
        const [first, second] = [before, after].map((t) => (person * frames + t) * joints + joint)
        const target = (person * count + frame) * joints + joint
        const share = shareOfSecond(points, first, second, place - before)
        mix(data, first, second, share, channels, resampled.data, target)
        if (score && resampledScore) mix(score, first, second, share, 1, resampledScore, target)
      }
    }
  }
  return { points: resampled, ...(resampledScore && { score: resampledScore }) }
}

/** How much of the second of two places of a joint is taken, at a share of the time between them. */
function shareOfSecond(points: Points<Coordinates>, first: number, second: number, share: number): number {
  if (share === 0) return 0
  const missing = isMissing(points, second)
  if (missing === isMissing(points, first)) return missing ? Math.round(share) : share
  if (share === 0.5) return missing ? 0 : 1
  return Math.round(share)
}

function isMissing({ data, channels }: Points<Coordinates>, joint: number): boolean {
  let zeros = 0
  for (let i = joint * channels; i < (joint + 1) * channels; i++) {
    if (Number.isNaN(data[i])) return true
    if (data[i] === 0) zeros += 1
  }
  return zeros === channels
}

/** Values of a joint between two of its places; of one place alone at a share of 0 or 1, whatever stands in the other. */
function mix(
  values: Coordinates,
  first: number,
  second: number,
  share: number,
  channels: number,
  result: Coordinates,
  target: number,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const [a, b] = [values[first * channels + channel], values[second * channels + channel]]
    result[target * channels + channel] = share === 0 ? a : share === 1 ? b : (1 - share) * a + share * b
  }
}
