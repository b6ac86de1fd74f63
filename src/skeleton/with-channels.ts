import { type Coordinates, zeroPoints } from './allocate.ts'
import type { Points } from './points.ts'

/** The points with so many channels: the last ones are left out, or channels of 0 follow. */
export function withChannels<A extends Coordinates>(points: Points<A>, channels: number): Points<A> {
  if (points.channels === channels) return points
  const result = zeroPoints(points, { channels })
  const kept = Math.min(channels, points.channels)
  for (let joint = 0; joint * channels < result.data.length; joint++) {
    for (let c = 0; c < kept; c++) result.data[joint * channels + c] = points.data[joint * points.channels + c]
  }
  return result
}
