import { BODY_SIZE, NTU_JOINTS, type SkeletonText } from './skeleton-text.ts'

/** What one tracking id did in a file. Frames without any body are not counted, and gaps of the body are closed. */
export interface Body {
  readonly id: string
  /** First frame. */
  readonly start: number
  /** Number of frames. */
  readonly length: number
  /** Sum over x, y, z of the variance of all joints in all frames, square metres. */
  motion: number
  /** (frames, 25, 3) */
  readonly joints: Float32Array
}

/** A body with fewer frames, or as many, is noise where there are others (CTR-GCN, PYSKL). */
const SHORT = 11
/** Width of a plausible body relative to its height. */
const WIDEST = 0.8
/** Share of implausible frames that makes a body noise. */
const IMPLAUSIBLE = 0.69754

/** The bodies of a file in the order in which they appear, and how many frames have bodies. */
export function bodiesOf({ counts, ids, joints }: SkeletonText): { bodies: Body[]; frames: number } {
  const found = new Map<string, { start: number; appearances: number[] }>()
  let frames = 0
  let appearance = 0
  for (const count of counts) {
    if (count === 0) continue
    for (let i = 0; i < count; i++, appearance++) {
      const id = ids[appearance]
      const body = found.get(id)
      if (body) body.appearances.push(appearance)
      else found.set(id, { start: frames, appearances: [appearance] })
    }
    frames += 1
  }
  const bodies = Array.from(found, ([id, { start, appearances }]): Body => {
    const own = found.size === 1 ? joints : framesOf(joints, appearances)
    return { id, start, length: appearances.length, joints: own, motion: motionOf(own) }
  })
  return { bodies, frames }
}

/**
 * Bodies with more than 11 frames. When none has, the one that moves most: the authors' programs stop there.
 */
export function withoutShort(bodies: readonly Body[]): Body[] {
  const long = bodies.filter(({ length }) => length > SHORT)
  return long.length > 0 ? long : byMotion(bodies).slice(0, 1)
}

/**
 * Bodies that are not too wide for their height in too many frames. Where only some frames are too wide, the motion
 * becomes that of the others if it is less.
 * @param keep how many bodies are left over at least, the later ones unchecked (CTR-GCN: one)
 */
export function withoutSpread(bodies: readonly Body[], keep: 0 | 1): Body[] {
  let left = bodies.length
  const kept = bodies.filter((body) => {
    if (left <= keep) return true
    const plausible = plausibleFrames(body.joints)
    if (plausible.length === body.length) return true
    if (1 - plausible.length / body.length >= IMPLAUSIBLE) {
      left -= 1
      return false
    }
    body.motion = Math.min(body.motion, motionOf(framesOf(body.joints, plausible)))
    return true
  })
  return kept.length > 0 ? kept : bodies.slice(0, 1)
}

/** Largest motion first, otherwise in their order. */
export function byMotion(bodies: readonly Body[]): Body[] {
  return [...bodies].sort((a, b) => b.motion - a.motion)
}

function plausibleFrames(joints: Float32Array): number[] {
  const frames: number[] = []
  for (let start = 0; start < joints.length; start += BODY_SIZE) {
    const width = extent(joints, start)
    const height = extent(joints, start + 1)
    // In single precision, as the authors' arrays are.
    if (Math.fround(width) <= Math.fround(WIDEST * Math.fround(height))) frames.push(start / BODY_SIZE)
  }
  return frames
}

/** Largest minus smallest value of one axis in a frame. */
function extent(joints: Float32Array, start: number): number {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let joint = 0; joint < NTU_JOINTS; joint++) {
    const value = joints[start + joint * 3]
    if (value < least) least = value
    if (value > most) most = value
  }
  return most - least
}

function framesOf(joints: Float32Array, frames: readonly number[]): Float32Array {
  const result = new Float32Array(frames.length * BODY_SIZE)
  for (const [i, frame] of frames.entries()) {
    result.set(joints.subarray(frame * BODY_SIZE, (frame + 1) * BODY_SIZE), i * BODY_SIZE)
  }
  return result
}

function motionOf(joints: Float32Array): number {
  const count = joints.length / 3
  let motion = 0
  for (let axis = 0; axis < 3; axis++) {
    let sum = 0
    for (let at = axis; at < joints.length; at += 3) sum += joints[at]
    const mean = sum / count
    let squares = 0
    for (let at = axis; at < joints.length; at += 3) squares += (joints[at] - mean) ** 2
    motion += squares / count
  }
  return motion
}
