import type { RandomStream } from '../../random/stream.ts'
import { type Body, buildBody } from './body.ts'
import type { Pose } from './pose.ts'

/** Who moves, and how. */
export interface Performer {
  readonly body: Body
  readonly leftHanded: boolean
  /** Factor on the size of every movement. */
  readonly amplitude: number
  /** Factor on the share of a clip that the action takes; below 1 is hasty. */
  readonly duration: number
  /** 0: even speed, 1: slow at both ends. */
  readonly smoothness: number
  /** Above 1 hurries towards the end of an action, below 1 slows down. */
  readonly acceleration: number
  /** Habitual posture, added to every pose. */
  readonly posture: Readonly<Partial<Pose>>
}

/** Draws a performer: stature, proportions, handedness, style. */
export function drawPerformer(stream: RandomStream): Performer {
  const stature = Math.min(1.98, Math.max(1.46, stream.normal(1.7, 0.11)))
  const elbows = stream.uniform(-0.06, 0.1)
  const hands = stream.uniform(-0.03, 0.16)
  const stance = stream.uniform(-0.04, 0.1)
  return {
    body: buildBody(stature, {
      legs: stream.uniform(0.94, 1.06),
      arms: stream.uniform(0.93, 1.07),
      breadth: stream.uniform(0.9, 1.15),
    }),
    leftHanded: stream.unit() < 0.2,
    amplitude: stream.uniform(0.7, 1.1),
    duration: stream.uniform(0.75, 1.2),
    smoothness: stream.unit(),
    acceleration: Math.exp(stream.uniform(-0.35, 0.35)),
    posture: {
      bend: stream.uniform(-0.05, 0.18),
      nod: stream.uniform(-0.1, 0.3),
      lean: stream.normal(0, 0.03),
      twist: stream.normal(0, 0.05),
      handOut: elbows,
      otherHandOut: elbows + stream.normal(0, 0.02),
      handForward: hands,
      otherHandForward: hands + stream.normal(0, 0.03),
      footOut: stance,
      otherFootOut: stance,
      footForward: stream.normal(0, 0.04),
      otherFootForward: stream.normal(0, 0.04),
    },
  }
}
