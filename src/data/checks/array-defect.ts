import type { Clip } from '../clip.ts'
import { pointPlace } from '../point-place.ts'

/** What makes the arrays of a clip unusable. */
export interface ArrayDefect {
  readonly code: 'wrong-shape' | 'not-finite'
  /** The clip, the place in it and what stands there, for people. */
  readonly where: string
}

/**
 * Points or confidences that do not have the length which their shape asks for, or else the first coordinate, then the
 * first confidence, that is not finite; undefined for sound arrays.
 */
export function arrayDefect({ id, points, score }: Clip): ArrayDefect | undefined {
  const { data, persons, frames, joints, channels } = points
  const arrays = [
    { values: data, perJoint: channels, shape: [persons, frames, joints, channels], what: 'coordinate' },
    ...(score ? [{ values: score, perJoint: 1, shape: [persons, frames, joints], what: 'confidence' }] : []),
  ]
  for (const { values, shape, what } of arrays) {
    if (values.length === shape.reduce((product, size) => product * size, 1)) continue
    return { code: 'wrong-shape', where: `clip ${id}: ${values.length} ${what}s for ${shape.join(' x ')}` }
  }
  for (const { values, perJoint, what } of arrays) {
    const at = values.findIndex((value) => !Number.isFinite(value))
    if (at < 0) continue
    const place = pointPlace(at, { frames, joints, perJoint })
    return { code: 'not-finite', where: `clip ${id}, ${place}: ${what} ${values[at]}` }
  }
  return undefined
}
