import type { RandomStream } from '../../random/stream.ts'
import { centreSpan, type FrameSpan, flooredShare, framesOf, randomSpan } from './valid-span.ts'

export interface TrimmedUniformOptions {
  /** Number of frames wanted. Default 64. */
  readonly window?: number
  /** A crop is not cut shorter than this, where there are as many frames. Default 64. */
  readonly least?: number
}

/**
 * The test rule of SkateFormer's trimmed-uniform sampling: the numbers of `window` frames at even distances within a
 * share of the clip, or of all frames of the crop where there are fewer.
 *
 * As in the release the crop starts at trunc((1 - share) valid / 2), however long it is: in a clip of about `least`
 * frames, of which nothing is cut, the last number may be that of the frame behind the clip.
 * @throws OssatureError for a share outside (0, 1] or no frame
 */
export function trimmedUniformTest(valid: number, share: number, options: TrimmedUniformOptions = {}): number[] {
  const { window = 64, least } = options
  const { start } = centreSpan(valid, share)
  const length = flooredShare(valid, share, least)
  if (length < window) return framesOf({ start, length })
  return binStarts(length, window)
    .slice(0, window)
    .map((frame) => frame + start)
}

/**
 * The training rule: of a random crop the numbers of `window` frames at random distances, in rising order, or of all
 * frames where there are fewer. Draws: those of the crop (`randomSpan`); then for less than two windows of frames a
 * sample of the window + 1 gaps in which a frame is left out, otherwise for each of `window` bins its frame.
 * @throws OssatureError for shares outside (0, 1] or in falling order, or no frame
 */
export function trimmedUniformTrain(
  valid: number,
  shares: readonly [number, number],
  options: TrimmedUniformOptions,
  stream: RandomStream,
): number[] {
  const { window = 64, least } = options
  const span = randomSpan(valid, shares, stream, least)
  if (span.length < window) return framesOf(span)
  return span.length < 2 * window ? withGaps(span, window, stream) : oneOfEachBin(span, window, stream)
}

/** Frame i follows i others and as many left out as there are chosen gaps up to i. */
function withGaps({ start, length }: FrameSpan, window: number, stream: RandomStream): number[] {
  const gaps = new Set(stream.sampleBelow(window + 1, length - window))
  let leftOut = 0
  return Array.from({ length: window }, (_, i) => {
    if (gaps.has(i)) leftOut += 1
    return start + i + leftOut
  })
}

function oneOfEachBin({ start, length }: FrameSpan, window: number, stream: RandomStream): number[] {
  const starts = binStarts(length, window)
  return Array.from({ length: window }, (_, i) => start + starts[i] + stream.integer(0, starts[i + 1] - starts[i]))
}

/** floor(i length / count) for i = 0 .. count. */
function binStarts(length: number, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, i) => Math.floor((i * length) / count))
}
