import { OssatureError } from '../../errors.ts'
import { LegacyGenerator } from '../../random/legacy-generator.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { takeFrames } from './frame-order.ts'

export interface UniformSampleOptions {
  /** Frames of a sampled clip, L. */
  clipLength: number
  /** Number of clips, put one after the other. Default 1. */
  clips?: number
  /** A share of the frames, or the range it is drawn from, that a clip is taken from. Default 1: all frames. */
  interval?: number | readonly [number, number]
}

/** The seed of the published test clips. */
const TEST_SEED = 255

/**
 * Frame indices of training clips (UniformSample of PYSKL): one random frame in each of L equal parts; a clip shorter
 * than 2 L keeps the order and leaves frames out, one shorter than L is repeated from a random start.
 * Draws per clip: a unit number, the offset of the interval, then start, left-out positions or one frame per part.
 * @throws OssatureError for an interval without frames.
 */
export function uniformSampleTrain(totalFrames: number, options: UniformSampleOptions, stream: RandomStream): number[] {
  return clipsOf(totalFrames, options, stream, (length) => stream.integer(0, length), wrapAll)
}

/**
 * Frame indices of test clips: as in training, but short videos start at evenly spaced frames. With the default
 * generator every video of equal length gets the clips of the published evaluation.
 * @throws OssatureError for an interval without frames.
 */
export function uniformSampleTest(
  totalFrames: number,
  options: UniformSampleOptions,
  stream: RandomStream = new LegacyGenerator(TEST_SEED),
): number[] {
  const clips = options.clips ?? 1
  const start = (length: number, clip: number) => (length < clips ? clip : Math.floor((clip * length) / clips))
  return clipsOf(totalFrames, options, stream, start, wrapAll)
}

/**
 * The sampled clips themselves (UniformSampleDecode of DG-STGCN): (M, clips * L, V, C). Short clips start at a random
 * frame in training and test, and repeat inside their interval.
 * @throws OssatureError for an interval without frames.
 */
export function uniformSampleDecode<A extends Coordinates>(
  points: Points<A>,
  options: UniformSampleOptions,
  stream: RandomStream,
): Points<A> {
  const start = (length: number) => stream.integer(0, length)
  return takeFrames(points, clipsOf(points.frames, options, stream, start, wrapInterval))
}

/** Turns a position counted from the interval's start into a frame index. */
type Wrap = (position: number, offset: number, length: number, totalFrames: number) => number
const wrapAll: Wrap = (position, offset, _length, totalFrames) => (position + offset) % totalFrames
const wrapInterval: Wrap = (position, offset, length) => (position % length) + offset

function clipsOf(
  totalFrames: number,
  options: UniformSampleOptions,
  stream: RandomStream,
  start: (length: number, clip: number) => number,
  wrap: Wrap,
): number[] {
  const { clipLength, clips = 1, interval = 1 } = options
  const [from, to] = typeof interval === 'number' ? [interval, interval] : interval
  const indices: number[] = []
  for (let clip = 0; clip < clips; clip++) {
    const ratio = stream.unit() * (to - from) + from
    const length = Math.trunc(ratio * totalFrames)
    if (!(length >= 1 && length <= totalFrames)) {
      throw new OssatureError('no frames to sample from', {
        expected: 'an interval of at least one and at most all frames',
        found: `${length} of ${totalFrames} frames`,
        hint: 'Remove empty clips, and keep the interval in (0, 1].',
      })
    }
    const offset = stream.integer(0, totalFrames - length + 1)
    const positions = clipPositions(length, clipLength, stream, () => start(length, clip))
    for (const position of positions) indices.push(wrap(position, offset, length, totalFrames))
  }
  return indices
}

function clipPositions(length: number, clipLength: number, stream: RandomStream, start: () => number): number[] {
  if (length < clipLength) {
    const first = start()
    return Array.from({ length: clipLength }, (_, k) => first + k)
  }
  if (length < 2 * clipLength) {
    const skipped = new Set(stream.sampleBelow(clipLength + 1, length - clipLength))
    let passed = 0
    return Array.from({ length: clipLength }, (_, k) => {
      if (skipped.has(k)) passed++
      return k + passed
    })
  }
  return Array.from({ length: clipLength }, (_, k) => {
    const edge = Math.floor((k * length) / clipLength)
    const next = Math.floor(((k + 1) * length) / clipLength)
    return edge + stream.integer(0, next - edge)
  })
}
