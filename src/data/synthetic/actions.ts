import type { RandomStream } from '../../random/stream.ts'
import { beatInTurn, beatTogether, beckon, clap, swingArm, wave } from './gestures.ts'
import { type Motion, reversed, through } from './motion.ts'
import { turnAround, walk } from './steps.ts'

/** One performance of an action; the stream decides what differs from one time to the next. */
export type Action = (stream: RandomStream) => Motion

const backwards =
  (action: Action): Action =>
  (stream) =>
    reversed(action(stream))

const raiseArm: Action = (stream) => {
  const sideways = stream.uniform(0, 0.6)
  return through(stream, [
    { at: 0, pose: {} },
    { at: 0.5, pose: { handOut: 0.15 + sideways, handUp: 0, handForward: 0.85 - sideways } },
    { at: 1, pose: { handOut: 0.15, handUp: 0.93, handForward: 0.15 } },
  ])
}

const sitDown: Action = (stream) => {
  const hands = stream.uniform(0.25, 0.5)
  return through(stream, [
    { at: 0, pose: {} },
    {
      at: 0.6,
      pose: {
        hipUp: -0.26,
        hipForward: -0.3,
        bend: 0.65,
        handUp: -0.75,
        handForward: hands,
        otherHandUp: -0.75,
        otherHandForward: hands,
      },
    },
    {
      at: 1,
      pose: {
        hipUp: -0.46,
        hipForward: -0.44,
        bend: 0.08,
        handUp: -0.62,
        handForward: hands,
        otherHandUp: -0.62,
        otherHandForward: hands,
      },
    },
  ])
}

const push: Action = (stream) => {
  const height = stream.uniform(-0.2, 0.1)
  const near = { handOut: 0.05, handUp: height - 0.1, handForward: 0.32 }
  const far = { handOut: 0, handUp: height, handForward: 0.97 }
  return through(stream, [
    { at: 0, pose: {} },
    { at: 0.45, pose: { ...near, ...bothHands(near), bend: -0.03 } },
    { at: 0.62, pose: { ...far, ...bothHands(far), bend: 0.2, hipForward: 0.04 } },
    { at: 1, pose: {} },
  ])
}

const throwObject: Action = (stream) =>
  through(stream, [
    { at: 0, pose: {} },
    {
      at: 0.4,
      pose: { handOut: 0.4, handUp: 0.4, handForward: -0.35, otherHandUp: -0.3, otherHandForward: 0.6, twist: -0.5 },
    },
    { at: 0.55, pose: { handOut: 0.1, handUp: 0.5, handForward: 0.75, otherHandUp: -0.8, twist: 0.2, bend: 0.12 } },
    { at: 0.72, pose: { handOut: -0.25, handUp: -0.55, handForward: 0.6, twist: 0.35, bend: 0.35 } },
    { at: 1, pose: {} },
  ])

const kick: Action = (stream) =>
  through(stream, [
    { at: 0, pose: {} },
    { at: 0.35, pose: { footForward: -0.35, footUp: 0.18, bend: 0.15, otherHandForward: 0.4, otherHandUp: -0.8 } },
    {
      at: 0.58,
      pose: { footForward: 0.75, footUp: 0.42, bend: -0.12, handForward: 0.45, handUp: -0.8, otherHandForward: -0.15 },
    },
    { at: 1, pose: {} },
  ])

const squat: Action = (stream) => {
  const reach = stream.uniform(0.3, 0.95)
  const hands = { handOut: 0.05, handUp: -0.3, handForward: reach }
  return through(stream, [
    { at: 0, pose: {} },
    { at: 0.5, pose: { hipUp: -0.46, hipForward: -0.16, bend: 0.6, ...hands, ...bothHands(hands) } },
    { at: 1, pose: {} },
  ])
}

const bow: Action = (stream) => {
  const hands = { handUp: -0.75, handForward: 0.55 }
  return through(stream, [
    { at: 0, pose: {} },
    { at: 0.5, pose: { hipForward: -0.14, bend: 1, nod: 0.25, ...hands, ...bothHands(hands) } },
    { at: 1, pose: {} },
  ])
}

function bothHands(hand: { handOut?: number; handUp: number; handForward: number }) {
  return {
    otherHandOut: hand.handOut ?? 0.14,
    otherHandUp: hand.handUp,
    otherHandForward: hand.handForward,
  }
}

/**
 * The actions, by class name. They are told apart by how the body moves: most share all or nearly all of their still poses with
 * another one, because they run the same path in the opposite order or the same paths in another phase.
 * None depends on left and right, so the flips that published systems train with keep the label.
 * In the first twelve the look-alikes of common actions come last: cut long-tailed, the rare classes hide behind frequent ones.
 */
export const ACTIONS: Readonly<Record<string, Action>> = {
  'raise arm': raiseArm,
  push,
  'sit down': sitDown,
  'swing arm forwards': swingArm,
  wave,
  squat,
  kick,
  // Reverse of "push".
  pull: backwards(push),
  // Reverse of "raise arm".
  'lower arm': backwards(raiseArm),
  // Reverse of "swing arm forwards".
  'swing arm backwards': backwards(swingArm),
  // Reverse of "sit down".
  'stand up': backwards(sitDown),
  // The place of the wave, another direction.
  beckon,
  'step forward': walk,
  // Reverse of "step forward".
  'step back': backwards(walk),
  'beat together': beatTogether,
  // The same in another phase.
  'beat in turn': beatInTurn,
  clap,
  bow,
  'turn around': turnAround,
  throw: throwObject,
  // Reverse of "throw".
  'catch overhead': backwards(throwObject),
}

/** Names of all actions, in the order of their classes. */
export const ACTION_NAMES: readonly string[] = Object.keys(ACTIONS)
