import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'

/** Every frame can be drawn this often. */
const COPIES = 100

/**
 * The training rule of the NW-UCLA loaders: `count` of the frame numbers, each present 100 times, in rising order.
 * One `sample` draw over the positions 0 .. 100 T - 1; the frame is the position modulo T.
 * @throws OssatureError for a clip without frames
 */
export function resampleTrain(totalFrames: number, count: number, stream: RandomStream): number[] {
  checkFrames(totalFrames)
  return stream
    .sampleBelow(COPIES * totalFrames, count)
    .map((position) => position % totalFrames)
    .sort((a, b) => a - b)
}

/** The test rule: floor of `count` evenly spaced numbers from 0 to T - 1. @throws OssatureError for a clip without frames */
export function resampleTest(totalFrames: number, count: number): number[] {
  checkFrames(totalFrames)
  const step = count > 1 ? (totalFrames - 1) / (count - 1) : 0
  return Array.from({ length: count }, (_, k) => (k > 0 && k === count - 1 ? totalFrames - 1 : Math.floor(k * step)))
}

function checkFrames(totalFrames: number): void {
  if (totalFrames >= 1) return
  throw new OssatureError('no frames to sample from', { expected: 'at least one frame', found: `${totalFrames}` })
}
