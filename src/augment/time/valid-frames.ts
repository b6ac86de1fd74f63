import type { Coordinates } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'

/**
 * Number of frames whose coordinates, of all persons, do not sum to 0. In a clip that is filled up with zeros they are
 * those in front, which the crops of CTR-GCN's loaders cut from.
 */
export function validFrames({ data, persons, frames, joints, channels }: Points<Coordinates>): number {
  const frameSize = joints * channels
  let valid = 0
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0
    for (let person = 0; person < persons; person++) {
      const start = (person * frames + frame) * frameSize
      for (let i = start; i < start + frameSize; i++) sum += data[i]
    }
    if (sum !== 0) valid += 1
  }
  return valid
}
