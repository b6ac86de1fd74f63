import type { RandomStream } from '../../random/stream.ts'
import { JOINTS } from './body.ts'

/** Hands and feet are harder to track than the trunk. */
const TREMOR: readonly number[] = [
  0.6, 0.6, 0.6, 0.8, 0.8, 1.1, 1.4, 1.7, 0.8, 1.1, 1.4, 1.7, 0.7, 1.0, 1.4, 1.7, 0.7, 1.0, 1.4, 1.7,
]

/** Share of a frame's error that stays in the next frame: the sensor smooths its joints. */
const PERSISTENCE = 0.5

/** Distance in metres at which the error has its nominal size; it grows with the square of the distance. */
const NOMINAL_DISTANCE = 2.7

/** Normal numbers drawn for one clip; a power of two. */
const TABLE = 512

/**
 * Adds measurement errors to camera coordinates (T, 20, 3) in place; `noise` is their standard deviation in metres.
 * Every coordinate walks through one table of normal numbers from a start and with an odd step of its own:
 * a number is met again only by another coordinate or hundreds of frames later, and a clip needs few draws.
 */
export function addNoise(stream: RandomStream, points: Float64Array, noise: number): void {
  if (noise === 0) return
  const coordinates = JOINTS * 3
  const table = Float64Array.from({ length: TABLE }, () => stream.normal())
  const innovation = Math.sqrt(1 - PERSISTENCE * PERSISTENCE)
  for (let i = 0; i < coordinates; i++) {
    const joint = Math.floor(i / 3)
    const step = 2 * stream.integer(0, TABLE / 2) + 1
    let at = stream.integer(0, TABLE)
    let error = table[at]
    for (let frame = 0; frame < points.length; frame += coordinates) {
      if (frame > 0) {
        at = (at + step) % TABLE
        error = PERSISTENCE * error + innovation * table[at]
      }
      const depth = points[frame + joint * 3 + 2] / NOMINAL_DISTANCE
      points[frame + i] += noise * TREMOR[joint] * Math.min(4, depth * depth) * error
    }
  }
}

/** Joints that are lost together. */
const LOST_TOGETHER: readonly (readonly number[])[] = [
  [6, 7],
  [10, 11],
  [5, 6, 7],
  [9, 10, 11],
  [14, 15],
  [18, 19],
  [13, 14, 15],
  [17, 18, 19],
  [3],
]

/**
 * Loses joints for some frames at a time, in place: the sensor either reports zeros or repeats the last place it knew.
 * `missing` is the expected share of lost joints; single clips lose between nothing and twice as much.
 */
export function loseJoints(stream: RandomStream, points: Float64Array, missing: number): void {
  const frames = points.length / (JOINTS * 3)
  let left = missing * stream.uniform(0, 2) * frames * JOINTS
  while (left > 0) {
    const joints = stream.choice(LOST_TOGETHER)
    const first = stream.integer(0, frames)
    const last = Math.min(frames, first + stream.integer(2, 9))
    const frozen = first > 0 && stream.unit() < 0.5
    const cost = joints.length * (last - first)
    // The last loss would overdraw the clip's share: it happens with the probability that keeps the expectation.
    if (cost > left && stream.unit() * cost > left) return
    for (let frame = first; frame < last; frame++) {
      for (const joint of joints) {
        const at = (frame * JOINTS + joint) * 3
        const known = ((first - 1) * JOINTS + joint) * 3
        for (let c = 0; c < 3; c++) points[at + c] = frozen ? points[known + c] : 0
      }
    }
    left -= cost
  }
}
