import type { RandomStream } from '../../random/stream.ts'
import { bump } from './motion.ts'
import type { Channel, Pose } from './pose.ts'

/** What a body does besides the action. */
export type Liveliness = (frame: number, pose: Pose) => void

const SWAY: readonly (readonly [Channel, number])[] = [
  ['hipRight', 0.012],
  ['hipForward', 0.01],
  ['yaw', 0.04],
  ['bend', 0.02],
  ['lean', 0.02],
  ['twist', 0.05],
  ['nod', 0.08],
  ['handOut', 0.025],
  ['handForward', 0.025],
  ['otherHandOut', 0.025],
  ['otherHandForward', 0.025],
]

/** Habits that belong to no action; each is the largest change of some channels. */
const FIDGETS: readonly (readonly (readonly [Channel, number])[])[] = [
  [
    ['otherHandForward', 0.35],
    ['otherHandUp', 0.3],
  ],
  [
    ['handForward', 0.3],
    ['handUp', 0.25],
  ],
  [
    ['otherHandOut', -0.3],
    ['otherHandForward', 0.3],
    ['otherHandUp', 0.9],
  ],
  [
    ['hipRight', 0.09],
    ['lean', -0.06],
  ],
  [
    ['hipRight', -0.09],
    ['lean', 0.06],
  ],
  [
    ['twist', 0.4],
    ['yaw', 0.15],
  ],
  [
    ['twist', -0.4],
    ['yaw', -0.15],
  ],
  [
    ['nod', 0.5],
    ['bend', 0.15],
  ],
  [
    ['otherFootForward', 0.2],
    ['otherFootUp', 0.08],
  ],
]

/** Breathing, sway and up to two fidgets: a slow noise that is the same for all actions. */
export function drawLiveliness(stream: RandomStream, frames: number): Liveliness {
  const waves = SWAY.map(([channel, size]) => ({
    channel,
    size: size * stream.uniform(0.3, 1.6),
    frequency: (2 * Math.PI) / stream.uniform(18, 60),
    phase: stream.uniform(0, 2 * Math.PI),
  }))
  const fidgets = stream.sample(FIDGETS, stream.integer(0, 3)).map((channels) => {
    const from = stream.uniform(-10, frames - 6)
    return { channels, from, to: from + stream.uniform(12, 40), size: stream.uniform(0.5, 1.2) }
  })
  return (frame, pose) => {
    for (const { channel, size, frequency, phase } of waves) pose[channel] += size * Math.sin(frequency * frame + phase)
    for (const { channels, from, to, size } of fidgets) {
      const strength = size * bump(frame, from, to)
      if (strength > 0) for (const [channel, change] of channels) pose[channel] += change * strength
    }
  }
}
