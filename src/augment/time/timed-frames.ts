import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { roundHalfEven } from '../../skeleton/precision.ts'
import { takeFrames } from './frame-order.ts'
import { padTo } from './pad-to.ts'
import { resizeFrames } from './resize-frames.ts'
import { reverseTime } from './temporal-flip.ts'

/** A clip whose frames know where they come from. */
export interface TimedClip<A extends Coordinates = Float32Array> {
  readonly points: Points<A>
  /** index_t of SkateFormer: for every frame 2 t / L - 1, t its place among the L frames of the recording. */
  readonly index: Float32Array
}

/**
 * The frames at the given numbers, of a clip with `valid` frames. If there are not `window` of them, the clip and the
 * numbers are interpolated to as many. A number behind the last frame gives a frame of zeros, as in padded recordings.
 * @throws OssatureError without frames
 */
export function timedFrames<A extends Coordinates>(
  points: Points<A>,
  frames: readonly number[],
  valid: number,
  window: number = frames.length,
): TimedClip<A> {
  const numbers = { data: Float32Array.from(frames), persons: 1, frames: frames.length, joints: 1, channels: 1 }
  const taken = takePaddedFrames(points, frames)
  const fits = frames.length === window
  const places = fits ? numbers : resizeFrames(numbers, window)
  return { points: fits ? taken : resizeFrames(taken, window), index: places.data.map((t) => (2 * t) / valid - 1) }
}

/**
 * The frames of a clip with `valid` frames at the places that `index` names, for clips of other length at the same
 * places in proportion: frame (index + 1) valid / 2, rounded half to even, in single precision.
 */
export function framesAtPlaces<A extends Coordinates>(
  points: Points<A>,
  index: Float32Array,
  valid: number,
): Points<A> {
  const frames = Array.from(index, (place) => roundHalfEven(Math.fround(Math.fround(place + 1) * valid) / 2))
  return takePaddedFrames(points, frames)
}

/** The frames at the given numbers; those behind the last frame are zeros. */
function takePaddedFrames<A extends Coordinates>(points: Points<A>, frames: readonly number[]): Points<A> {
  const length = Math.max(points.frames, ...frames.map((frame) => frame + 1))
  if (length === points.frames) return takeFrames(points, frames)

  return takeFrames(padTo(points, length, 'zero'), frames)
}

/** Time reversed: the last frame first, and the places with the other sign. */
export function backwards<A extends Coordinates>({ points, index }: TimedClip<A>): TimedClip<A> {
  return { points: reverseTime(points), index: index.map((place) => -place) }
}
