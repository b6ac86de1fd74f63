/**
 * The degrees of freedom of the synthetic body. Angles are radians; hands are measured from their shoulder
 * in arm lengths along the axes of the chest, hips and feet from standing still in leg lengths along the axes of the floor.
 * "Other" is the limb on the side that the action does not prefer.
 */
export const CHANNELS = [
  'hipRight',
  'hipUp',
  'hipForward',
  /** Turn to the left about the vertical axis. */
  'yaw',
  /** Forward flexion of the trunk. */
  'bend',
  /** Sideways flexion of the trunk, to the right. */
  'lean',
  /** Rotation of the chest against the hips, to the left. */
  'twist',
  /** Forward flexion of the neck. */
  'nod',
  'handOut',
  'handUp',
  'handForward',
  'otherHandOut',
  'otherHandUp',
  'otherHandForward',
  'footOut',
  'footUp',
  'footForward',
  'otherFootOut',
  'otherFootUp',
  'otherFootForward',
] as const

export type Channel = (typeof CHANNELS)[number]

export type Pose = Record<Channel, number>

/** Standing at ease: every channel 0 except the arms, which hang. */
export const STANDING: Readonly<Pose> = {
  ...(Object.fromEntries(CHANNELS.map((channel) => [channel, 0])) as Pose),
  handOut: 0.14,
  handUp: -0.94,
  handForward: 0.1,
  otherHandOut: 0.14,
  otherHandUp: -0.94,
  otherHandForward: 0.1,
}

/** The standing pose with some channels replaced. */
export function pose(changes: Partial<Pose> = {}): Pose {
  return { ...STANDING, ...changes }
}

/** Exchanges the preferred and the other limbs and mirrors the sideways channels: the same pose seen in a mirror. */
export function mirrorPose(original: Pose): Pose {
  return {
    ...original,
    hipRight: -original.hipRight,
    yaw: -original.yaw,
    lean: -original.lean,
    twist: -original.twist,
    handOut: original.otherHandOut,
    handUp: original.otherHandUp,
    handForward: original.otherHandForward,
    otherHandOut: original.handOut,
    otherHandUp: original.handUp,
    otherHandForward: original.handForward,
    footOut: original.otherFootOut,
    footUp: original.otherFootUp,
    footForward: original.otherFootForward,
    otherFootOut: original.footOut,
    otherFootUp: original.footUp,
    otherFootForward: original.footForward,
  }
}
