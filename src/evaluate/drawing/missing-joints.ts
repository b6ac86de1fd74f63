import type { Points } from '../../skeleton/points.ts'

/**
 * The clip with NaN for joints that were not found, so that they are not drawn: those whose coordinates are all 0. A
 * single joint that is at 0 in all frames is no gap but the origin, on which the clip was centred.
 */
export function withoutMissingJoints(points: Points): Points {
  const { data, joints, channels, persons, frames } = points
  const isZero = (at: number) => data.subarray(at, at + channels).every((value) => value === 0)
  const result = Float32Array.from(data)
  for (let person = 0; person < persons; person++) {
    const start = (frame: number, joint: number) => ((person * frames + frame) * joints + joint) * channels
    const isThere = (frame: number) =>
      !data.subarray(start(frame, 0), start(frame, joints)).every((value) => value === 0)
    const present = Array.from({ length: frames }, (_, frame) => frame).filter(isThere)
    const gaps = Array.from({ length: joints }, (_, joint) => present.filter((frame) => isZero(start(frame, joint))))
    const always = gaps.filter((frames) => frames.length === present.length).length
    for (const [joint, gap] of gaps.entries()) {
      if (always === 1 && gap.length === present.length) continue
      for (const frame of gap) result.fill(Number.NaN, start(frame, joint), start(frame, joint) + channels)
    }
  }
  return { ...points, data: result }
}
