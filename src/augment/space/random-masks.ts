import type { RandomStream } from '../../random/stream.ts'

/** What is covered in a clip, for all persons, samples and channels alike: (T, V), 0 where covered, else 1. */
export interface ClipMask {
  readonly data: Float32Array
  readonly frames: number
  readonly joints: number
}

export interface MaskSize {
  readonly frames: number
  readonly joints: number
  /** Leading frames that may be covered; all by default. */
  readonly used?: number
}

/** In every frame floor(joints * ratio) joints covered, drawn anew for each (HiCLR, "random mask"). */
export function jointsByFrameMask(size: MaskSize, ratio: number, stream: RandomStream): ClipMask {
  const { frames, joints, used = frames } = size
  const mask = openMask(size)
  for (let frame = 0; frame < used; frame++) cover(mask, frame, drawnJoints(joints, ratio, stream))
  return mask
}

/** floor(joints * ratio) joints covered, the same in every frame. */
export function jointsMask(size: MaskSize, ratio: number, stream: RandomStream): ClipMask {
  const { frames, joints, used = frames } = size
  const mask = openMask(size)
  const covered = drawnJoints(joints, ratio, stream)
  for (let frame = 0; frame < used; frame++) cover(mask, frame, covered)
  return mask
}

/** Whole frames covered: of those that may be, a share of 1 - ratio stays, rounded up. What is not used is covered. */
export function framesMask(size: MaskSize, ratio: number, stream: RandomStream): ClipMask {
  const { frames, joints, used = frames } = size
  const mask = openMask(size)
  const everyJoint = Array.from({ length: joints }, (_, joint) => joint)
  const open = stream.shuffle(Array.from({ length: used }, (_, i) => i < used * (1 - ratio)))
  for (let frame = 0; frame < frames; frame++) if (!open[frame]) cover(mask, frame, everyJoint)
  return mask
}

function openMask({ frames, joints }: MaskSize): ClipMask {
  return { data: new Float32Array(frames * joints).fill(1), frames, joints }
}

function drawnJoints(joints: number, ratio: number, stream: RandomStream): number[] {
  return stream.sampleBelow(joints, Math.floor(joints * ratio))
}

function cover({ data, joints }: ClipMask, frame: number, covered: readonly number[]): void {
  for (const joint of covered) data[frame * joints + joint] = 0
}
