import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'

/** Consecutive frames of a clip. */
export interface FrameSpan {
  readonly start: number
  readonly length: number
}

/** A crop of this many frames is never cut shorter, whatever the share (the loaders of CTR-GCN and its successors). */
const LEAST_FRAMES = 64

/**
 * The given share of the first `valid` frames in the middle: trunc((1 - share) valid / 2) frames are left out at both
 * ends.
 * @throws OssatureError for a share outside (0, 1] or no valid frame
 */
export function centreSpan(valid: number, share: number): FrameSpan {
  checkSpan(valid, [share, share])
  const start = Math.trunc(((1 - share) * valid) / 2)
  return { start, length: valid - 2 * start }
}

/**
 * A share of the first `valid` frames, uniform in `shares` and floored, but no fewer than `least` where there are as
 * many. Draws: a unit number for the share, then the start.
 * @throws OssatureError for shares outside (0, 1] or in falling order, or no valid frame
 */
export function randomSpan(
  valid: number,
  shares: readonly [number, number],
  stream: RandomStream,
  least: number = LEAST_FRAMES,
): FrameSpan {
  checkSpan(valid, shares)
  const share = stream.unit() * (shares[1] - shares[0]) + shares[0]
  const length = flooredShare(valid, share, least)
  return { start: stream.integer(0, valid - length + 1), length }
}

/** floor(share valid), but at least `least` and at most all. */
export function flooredShare(valid: number, share: number, least: number = LEAST_FRAMES): number {
  return Math.min(Math.max(Math.floor(valid * share), least), valid)
}

/** The numbers of the frames. */
export function framesOf({ start, length }: FrameSpan): number[] {
  return Array.from({ length }, (_, t) => start + t)
}

/** @throws OssatureError for shares outside (0, 1] or in falling order, or no valid frame */
function checkSpan(valid: number, [low, high]: readonly [number, number]): void {
  if (!(Number.isInteger(valid) && valid >= 1)) {
    throw new OssatureError('a clip cannot be cropped to its valid frames', {
      expected: 'at least one valid frame',
      found: `${valid}`,
    })
  }
  if (!(low > 0 && low <= high && high <= 1)) {
    throw new OssatureError('a crop takes no such share of the frames', {
      expected: 'above 0, at most 1, the smaller one first',
      found: low === high ? `${low}` : `${low} to ${high}`,
    })
  }
}
