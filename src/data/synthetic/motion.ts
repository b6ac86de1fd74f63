import type { RandomStream } from '../../random/stream.ts'
import { CHANNELS, type Channel, type Pose, pose, STANDING } from './pose.ts'

/** A motion without speed: progress from 0 (start) to 1 (end) to a pose. */
export type Motion = (progress: number) => Pose

/** A pose that a motion passes through. */
export interface Key {
  /** Progress at which it is reached. */
  readonly at: number
  readonly pose: Partial<Pose>
}

/** How far two performances of one key pose lie apart (standard deviation, units of the channels). */
const KEY_SPREAD = 0.05

/**
 * A smooth motion through the given poses, the first at 0 and the last at 1. Between keys every channel follows a cubic whose
 * slopes never overshoot (Fritsch and Butland, 1984): a channel that turns back comes to rest at its key, all others pass through.
 * The times and the channels that move are varied with the stream.
 */
export function through(stream: RandomStream, keys: readonly Key[]): Motion {
  const times = keys.map(({ at }) => (at <= 0 || at >= 1 ? at : at + stream.uniform(-0.05, 0.05)))
  const tracks: [Channel, number[], number[]][] = []
  for (const channel of CHANNELS) {
    const plain = keys.map((key) => key.pose[channel] ?? STANDING[channel])
    if (plain.every((value) => value === STANDING[channel])) continue
    const values = plain.map((value) => (value === STANDING[channel] ? value : value + stream.normal(0, KEY_SPREAD)))
    tracks.push([channel, values, slopes(times, values)])
  }
  return (progress) => {
    const result = pose()
    const u = Math.min(1, Math.max(0, progress))
    let k = 0
    while (k < times.length - 2 && u > times[k + 1]) k++
    const span = times[k + 1] - times[k]
    const s = (u - times[k]) / span
    for (const [channel, values, slope] of tracks) {
      result[channel] = hermite(s, span, values[k], values[k + 1], slope[k], slope[k + 1])
    }
    return result
  }
}

function slopes(times: readonly number[], values: readonly number[]): number[] {
  return values.map((value, k) => {
    if (k === 0 || k === values.length - 1) return 0
    const before = (value - values[k - 1]) / (times[k] - times[k - 1])
    const after = (values[k + 1] - value) / (times[k + 1] - times[k])
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after)
  })
}

function hermite(s: number, span: number, from: number, to: number, slopeFrom: number, slopeTo: number): number {
  const s2 = s * s
  const s3 = s2 * s
  const start = (2 * s3 - 3 * s2 + 1) * from + (-2 * s3 + 3 * s2) * to
  return start + (s3 - 2 * s2 + s) * span * slopeFrom + (s3 - s2) * span * slopeTo
}

/** The same poses in the opposite order. */
export function reversed(motion: Motion): Motion {
  return (progress) => motion(1 - progress)
}

/** 0 before `from`, 1 after `to`, smooth between. */
export function rise(progress: number, from: number, to: number): number {
  const s = Math.min(1, Math.max(0, (progress - from) / (to - from)))
  return s * s * (3 - 2 * s)
}

/** A bump: 0 outside (`from`, `to`), 1 in the middle. */
export function bump(progress: number, from: number, to: number): number {
  return progress <= from || progress >= to ? 0 : Math.sin((Math.PI * (progress - from)) / (to - from)) ** 2
}
