import { formatGcnInput } from '../../src/augment/format-gcn-input.ts'
import { centreOnFirstPose } from '../../src/augment/frame-of-reference/centre-on-first-pose.ts'
import { padTo } from '../../src/augment/time/pad-to.ts'
import type { Points } from '../../src/skeleton/points.ts'

/** The joint that the released arrays of NTU RGB+D are centred on: the middle of the spine. */
const SPINE = 1

/** Moved to the first pose as in the released arrays. */
export function centredSequence(clip: Points): Points {
  return centreOnFirstPose(clip, SPINE, clip.persons === 1 ? 'moved' : 'kept')
}

/** Two persons and so many frames, as in the released arrays; a single person is followed by zeros or by itself (`loop`). */
export function alignedPersons(points: Points, frames: number, second: 'zero' | 'loop'): Points {
  return padTo(formatGcnInput(points, { persons: 2, mode: second })[0], frames, 'zero')
}
