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
export function arrayDefect(clip: Clip): ArrayDefect | undefined {
  const { frames, joints } = clip.points
  const misshaped = shapeDefect(clip)
  if (misshaped) return misshaped
  for (const { values, perJoint, what } of arraysOf(clip)) {
    const at = values.findIndex((value) => !Number.isFinite(value))
    if (at < 0) continue
    const place = pointPlace(at, { frames, joints, perJoint })
    return { code: 'not-finite', where: `clip ${clip.id}, ${place}: ${what} ${values[at]}` }
  }
  return undefined
}

/** Points or confidences that do not have the length which their shape asks for. */
export function shapeDefect(clip: Clip): ArrayDefect | undefined {
  for (const { values, shape, what } of arraysOf(clip)) {
    if (values.length === shape.reduce((product, size) => product * size, 1)) continue
    return { code: 'wrong-shape', where: `clip ${clip.id}: ${values.length} ${what}s for ${shape.join(' x ')}` }
  }
  return undefined
}

function arraysOf({ points, score }: Clip) {
  const { data, persons, frames, joints, channels } = points
  return [
    { values: data, perJoint: channels, shape: [persons, frames, joints, channels], what: 'coordinate' },
    ...(score ? [{ values: score, perJoint: 1, shape: [persons, frames, joints], what: 'confidence' }] : []),
  ]
}
