import { allocate, type Coordinates } from './allocate.ts'
import type { Points } from './points.ts'

/**
 * The clip as recurrent encoders read it: a row of V C M numbers per frame, in the order joint, coordinate, person
 * (SMI attack, ISC).
 */
export function sequenceForm<A extends Coordinates>({ data, persons, frames, joints, channels }: Points<A>): A {
  const size = joints * channels
  const rows = allocate(data, data.length)
  for (let at = 0; at < data.length; at++) {
    const person = Math.floor(at / (frames * size))
    const rest = at % (frames * size)
    rows[rest * persons + person] = data[at]
  }
  return rows
}
