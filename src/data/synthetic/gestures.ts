import type { RandomStream } from '../../random/stream.ts'
import { bump, type Motion, rise } from './motion.ts'
import { type Pose, pose, STANDING } from './pose.ts'

/** A hand in units of the pose's channels: outward, up, forward. */
type Hand = readonly [number, number, number]

const HANGING: Hand = [STANDING.handOut, STANDING.handUp, STANDING.handForward]

/** Large circles of one stretched arm in the sagittal plane: forward and up first, then back and down. */
export function swingArm(stream: RandomStream): Motion {
  const turns = stream.choice([1, 2, 2, 3])
  const radius = stream.uniform(0.8, 0.95)
  const outward = stream.uniform(0.15, 0.35)
  return (progress) => {
    const angle = 2 * Math.PI * turns * rise(progress, 0, 1)
    const forward = Math.sin(angle)
    return pose({
      // A shoulder does not let the arm pass straight behind the back.
      handOut: outward + 0.25 * Math.max(0, -forward),
      handUp: -Math.cos(angle) * radius,
      handForward: forward * radius * (forward < 0 ? 0.7 : 1),
      twist: 0.15 * forward,
    })
  }
}

/** One raised hand that moves from side to side. */
export function wave(stream: RandomStream): Motion {
  const width = stream.uniform(0.2, 0.36)
  return raisedHand(stream, ([outward, up, forward], s) => [outward + width * s, up - 0.06 * s * s, forward])
}

/** One raised hand that moves to and fro: the place of the wave, another direction. */
export function beckon(stream: RandomStream): Motion {
  const width = stream.uniform(0.2, 0.36)
  return raisedHand(stream, ([outward, up, forward], s) => [outward, up - 0.06 * s * s, forward + width * s])
}

function raisedHand(stream: RandomStream, move: (hand: Hand, swing: number) => Hand): Motion {
  const raised: Hand = [stream.uniform(0.15, 0.45), stream.uniform(0.15, 0.5), stream.uniform(0.3, 0.5)]
  const swing = oscillation(stream)
  return (progress) => pose(named(blend(HANGING, move(raised, swing(progress)), shown(progress))))
}

/** Both hands in front of the chest, meeting again and again. */
export function clap(stream: RandomStream): Motion {
  const front: Hand = [stream.uniform(0.05, 0.15), stream.uniform(-0.4, -0.05), stream.uniform(0.45, 0.6)]
  const swing = oscillation(stream)
  const width = stream.uniform(0.2, 0.38)
  return (progress) => {
    const hand: Hand = [front[0] + width * swing(progress), front[1], front[2]]
    return pose(twoHands(hand, hand, progress))
  }
}

/** Both hands in front of the body, up and down at the same time. */
export function beatTogether(stream: RandomStream): Motion {
  return beat(stream, 1)
}

/** Both hands in front of the body, one up while the other goes down: the phase is all that differs. */
export function beatInTurn(stream: RandomStream): Motion {
  return beat(stream, -1)
}

function beat(stream: RandomStream, phase: 1 | -1): Motion {
  const front: Hand = [stream.uniform(-0.1, 0.15), stream.uniform(-0.55, -0.3), stream.uniform(0.45, 0.65)]
  const swing = oscillation(stream)
  const height = stream.uniform(0.2, 0.36)
  return (progress) => {
    const s = height * swing(progress)
    return pose(twoHands([front[0], front[1] + s, front[2]], [front[0], front[1] + phase * s, front[2]], progress))
  }
}

/** Between two and four and a half swings, starting anywhere. */
function oscillation(stream: RandomStream): (progress: number) => number {
  const cycles = stream.uniform(2, 4.5)
  const phase = stream.uniform(0, 2 * Math.PI)
  return (progress) => Math.sin(phase + 2 * Math.PI * cycles * progress)
}

/** How far a gesture has been raised from the hanging arm. */
function shown(progress: number): number {
  return rise(progress, 0, 0.22) * (1 - rise(progress, 0.78, 1))
}

function blend(from: Hand, to: Hand, share: number): Hand {
  // On its way up the hand makes a small arc to the front.
  const arc = 0.25 * bump(share, 0, 1)
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share + arc,
  ]
}

const named = (hand: Hand): Partial<Pose> => ({ handOut: hand[0], handUp: hand[1], handForward: hand[2] })

function twoHands(right: Hand, left: Hand, progress: number): Partial<Pose> {
  const other = blend(HANGING, left, shown(progress))
  return {
    ...named(blend(HANGING, right, shown(progress))),
    otherHandOut: other[0],
    otherHandUp: other[1],
    otherHandForward: other[2],
  }
}
