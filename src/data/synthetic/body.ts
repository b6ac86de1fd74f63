import { mirrorPose, type Pose } from './pose.ts'
import {
  add,
  direction,
  FACING,
  type Frame,
  length,
  place,
  reject,
  scale,
  subtract,
  tipForward,
  tipRight,
  turnLeft,
  type Vector,
} from './vector.ts'

/** Joints of the layout `nw_ucla`, in the order of the first Kinect. */
export const JOINTS = 20

/** Lengths of the bones in metres. */
export interface Body {
  readonly pelvis: number
  readonly trunk: number
  readonly neck: number
  readonly shoulderWidth: number
  readonly shoulderDrop: number
  readonly upperArm: number
  readonly forearm: number
  readonly hand: number
  readonly hipWidth: number
  readonly hipDrop: number
  readonly thigh: number
  readonly shank: number
  readonly foot: number
  /** Height of the ankle above the floor. */
  readonly ankle: number
}

/**
 * A body of the given stature in metres. Limb segments are fractions of stature after Drillis and Contini (1966) as printed
 * in Winter, "Biomechanics and Motor Control of Human Movement"; the trunk is divided where the Kinect puts its joints.
 * `legs`, `arms` and `breadth` scale the proportions of one person against that average.
 */
export function buildBody(stature: number, { legs = 1, arms = 1, breadth = 1 } = {}): Body {
  return {
    pelvis: 0.04 * stature,
    trunk: 0.21 * stature,
    neck: 0.115 * stature,
    shoulderWidth: 0.095 * stature * breadth,
    shoulderDrop: 0.035 * stature,
    upperArm: 0.186 * stature * arms,
    forearm: 0.146 * stature * arms,
    hand: 0.05 * stature * arms,
    hipWidth: 0.048 * stature * breadth,
    hipDrop: 0.03 * stature,
    thigh: 0.245 * stature * legs,
    shank: 0.246 * stature * legs,
    foot: 0.055 * stature,
    ankle: 0.039 * stature,
  }
}

/** Share of the stretched leg that a person stands on: knees are never locked. */
const STANDING_STRETCH = 0.985

/**
 * Positions of the 20 joints for a pose, written as x y z to `out` from `offset` on. Metres; the floor is y = 0, the hip centre
 * stands above the origin, yaw 0 looks along -z (towards the camera), and the performer's right is +x.
 * The preferred limbs are the right ones unless `leftHanded`.
 * The trunk is turned by the pose's angles; elbows and knees follow from the places of hands and feet.
 */
export function poseBody(body: Body, pose: Pose, leftHanded: boolean, out: Float64Array, offset = 0): void {
  const p = leftHanded ? mirrorPose(pose) : pose
  const leg = body.thigh + body.shank
  const hipHeight = body.ankle + STANDING_STRETCH * leg + body.hipDrop
  const put = (joint: number, [x, y, z]: Vector) => {
    out[offset + joint * 3] = x
    out[offset + joint * 3 + 1] = y
    out[offset + joint * 3 + 2] = z
  }

  const heading = turnLeft(FACING, p.yaw)
  const hips = place([0, hipHeight, 0], FACING, p.hipRight * leg, p.hipUp * leg, p.hipForward * leg)
  // The hips take a third of the flexion, the spine the rest.
  const pelvis = tipRight(tipForward(heading, p.bend / 3), p.lean / 3)
  const chest = turnLeft(tipRight(tipForward(heading, p.bend), p.lean), p.twist)
  const spine = place(hips, pelvis, 0, body.pelvis, 0)
  const shoulders = place(spine, chest, 0, body.trunk, 0)
  put(0, hips)
  put(1, spine)
  put(2, shoulders)
  put(3, place(shoulders, tipForward(chest, p.nod), 0, body.neck, 0))
  arm(4, -1, [p.otherHandOut, p.otherHandUp, p.otherHandForward])
  arm(8, 1, [p.handOut, p.handUp, p.handForward])
  legOf(12, -1, [p.otherFootOut, p.otherFootUp, p.otherFootForward])
  legOf(16, 1, [p.footOut, p.footUp, p.footForward])

  function arm(first: number, side: number, [outward, up, forward]: Vector): void {
    const reach = body.upperArm + body.forearm
    const shoulder = place(shoulders, chest, side * body.shoulderWidth, -body.shoulderDrop, 0)
    const wanted = place(shoulder, chest, side * outward * reach, up * reach, forward * reach)
    const pole = place([0, 0, 0], chest, side * 0.4, -0.8, -0.4)
    const [elbow, wrist] = bendLimb(shoulder, wanted, body.upperArm, body.forearm, pole)
    put(first, shoulder)
    put(first + 1, elbow)
    put(first + 2, wrist)
    put(first + 3, add(wrist, scale(direction(subtract(wrist, elbow)), body.hand)))
  }

  function legOf(first: number, side: number, [outward, up, forward]: Vector): void {
    const hip = place(hips, pelvis, side * body.hipWidth, -body.hipDrop, 0)
    const stance: Vector = [0, body.ankle, 0]
    const across = side * (body.hipWidth * 1.3 + outward * leg)
    // Feet stand on the floor, not on the hips: only the turn moves them along.
    const wanted = place(stance, heading, across, up * leg, forward * leg)
    const pole = place([0, 0, 0], heading, side * 0.25, 0, 1)
    const [knee, ankle] = bendLimb(hip, wanted, body.thigh, body.shank, pole)
    put(first, hip)
    put(first + 1, knee)
    put(first + 2, ankle)
    put(first + 3, add(ankle, scale(toes(heading, direction(subtract(ankle, knee)), up), body.foot)))
  }
}

/** A foot on the floor lies flat; a lifted one stays square to its shank. */
function toes(heading: Frame, shank: Vector, lift: number): Vector {
  const lifted = Math.min(1, Math.max(0, lift / 0.15))
  const square = direction(reject(add(heading.forward, [0, 0.2, 0]), shank), heading.forward)
  const flat: Vector = [heading.forward[0], -0.35, heading.forward[2]]
  return direction(add(scale(flat, 1 - lifted), scale(square, lifted)), heading.forward)
}

/**
 * The middle and the end joint of a limb of two bones from `root` towards `target`, bent towards `pole`.
 * A target out of reach is approached along its direction, so the bones keep their lengths.
 */
export function bendLimb(root: Vector, target: Vector, upper: number, lower: number, pole: Vector): [Vector, Vector] {
  const axis = direction(subtract(target, root), [0, -1, 0])
  const shortest = Math.abs(upper - lower) + 0.15 * Math.min(upper, lower)
  const distance = Math.min(Math.max(length(subtract(target, root)), shortest), 0.998 * (upper + lower))
  const along = (upper * upper - lower * lower + distance * distance) / (2 * distance)
  const aside = Math.sqrt(Math.max(0, upper * upper - along * along))
  const side = direction(reject(pole, axis), [0, 0, -1])
  const middle = add(root, add(scale(axis, along), scale(side, aside)))
  return [middle, add(root, scale(axis, distance))]
}
