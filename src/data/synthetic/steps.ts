import type { RandomStream } from '../../random/stream.ts'
import { bump, type Motion, rise } from './motion.ts'
import { pose } from './pose.ts'

/** Two to four steps forward that end with both feet side by side; the middle of the way is the origin. */
export function walk(stream: RandomStream): Motion {
  const steps = stream.integer(2, 5)
  const stride = stream.uniform(0.3, 0.5)
  const distance = stride * (steps - 1)
  const first = stream.integer(0, 2)
  return (progress) => {
    const feet = [-distance / 2, -distance / 2]
    const lift = [0, 0]
    for (let step = 0; step < steps; step++) {
      const from = step / steps
      const to = (step + 1) / steps
      // The first and the last step are half as long: they leave and restore the parallel stance.
      const size = step === 0 || step === steps - 1 ? stride : 2 * stride
      const foot = (step + first) % 2
      feet[foot] += size * rise(progress, from, to)
      lift[foot] += 0.14 * bump(progress, from, to)
    }
    const swing = feet[1] - feet[0]
    return pose({
      hipForward: (feet[0] + feet[1]) / 2,
      hipUp: -0.03 - 0.12 * swing * swing,
      bend: 0.05,
      footForward: feet[0],
      footUp: lift[0],
      otherFootForward: feet[1],
      otherFootUp: lift[1],
      handForward: 0.1 + 0.4 * swing,
      otherHandForward: 0.1 - 0.4 * swing,
      twist: 0.15 * swing,
    })
  }
}

/** Half a turn, to either side, in small steps on the spot. */
export function turnAround(stream: RandomStream): Motion {
  const angle = stream.choice([-1, 1]) * stream.uniform(0.8, 1.05) * Math.PI
  const start = stream.choice([0, -1]) * angle
  const steps = stream.integer(3, 6)
  return (progress) => {
    const cycle = Math.sin(Math.PI * steps * progress)
    return pose({
      yaw: start + angle * rise(progress, 0, 1),
      footUp: 0.12 * Math.max(0, cycle),
      otherFootUp: 0.12 * Math.max(0, -cycle),
      hipUp: -0.02,
      twist: 0.25 * Math.sign(angle) * bump(progress, 0, 0.6),
    })
  }
}
