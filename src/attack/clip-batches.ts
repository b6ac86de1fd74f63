import { OssatureError } from '../errors.ts'
import type { Points } from '../skeleton/points.ts'
import type { ClipShape } from './iterative-attack.ts'

/** Clips end to end, as a network takes them. */
export interface ClipBatch {
  readonly data: Float32Array
  readonly shape: ClipShape
}

/**
 * A batch (N, persons, frames, V, C): shorter clips are repeated end to end, absent persons are 0.
 * @throws OssatureError when a clip has more persons or frames than that
 */
export function clipBatch(clips: readonly Points[], persons: number, frames: number): ClipBatch {
  const { joints, channels } = clips[0]
  const pose = joints * channels
  const data = new Float32Array(clips.length * persons * frames * pose)
  clips.forEach((clip, i) => {
    if (clip.persons > persons || clip.frames > frames || clip.frames === 0)
      throw new OssatureError('a clip does not fit into the batch', {
        where: `clip ${i}`,
        expected: `up to ${persons} persons and 1 to ${frames} frames`,
        found: `${clip.persons} persons, ${clip.frames} frames`,
      })
    for (let person = 0; person < clip.persons; person++) {
      for (let frame = 0; frame < frames; frame++) {
        const from = (person * clip.frames + (frame % clip.frames)) * pose
        data.set(clip.data.subarray(from, from + pose), ((i * persons + person) * frames + frame) * pose)
      }
    }
  })
  return { data, shape: [clips.length, persons, frames, joints, channels] }
}

/** Clip `i` of a batch with the persons and frames of the clip that was put there. */
export function clipOfBatch({ data, shape }: ClipBatch, i: number, like: Points): Points {
  const [, persons, frames, joints, channels] = shape
  const pose = joints * channels
  const own = new Float32Array(like.data.length)
  for (let person = 0; person < like.persons; person++) {
    const from = (i * persons + person) * frames * pose
    own.set(data.subarray(from, from + like.frames * pose), person * like.frames * pose)
  }
  return { ...like, data: own }
}
