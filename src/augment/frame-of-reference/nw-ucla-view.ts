import type { RandomStream } from '../../random/stream.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import { multiply, rotationX, rotationY, transformPoints } from '../../skeleton/rotation.ts'

/** Subtracts a joint of the first person's first frame from all joints; on NW-UCLA joint 1, the middle of the spine. */
export function centreOnJoint<A extends Coordinates>(points: Points<A>, joint = 1): Points<A> {
  const { channels } = points
  const origin = points.data.slice(joint * channels, (joint + 1) * channels)
  const result = zeroPoints(points)
  for (let i = 0; i < points.data.length; i++) result.data[i] = points.data[i] - origin[i % channels]
  return result
}

/** A point of view: degrees about x and y, and a scale. */
export interface View {
  readonly degreesX: number
  readonly degreesY: number
  readonly scale: number
}

/** The random view of the NW-UCLA loaders: whole degrees in [-60, 60] about x, then about y, then a scale in [0.5, 1.5). */
export function randomView(stream: RandomStream): View {
  return { degreesX: stream.integer(-60, 61), degreesY: stream.integer(-60, 61), scale: stream.uniform(0.5, 1.5) }
}

/** Row vectors p become p Ry(b) Rx(a) scale, with the matrices of 2s-AGCN. */
export function changeView<A extends Coordinates>(points: Points<A>, { degreesX, degreesY, scale }: View): Points<A> {
  const product = multiply(rotationY((degreesY * Math.PI) / 180), rotationX((degreesX * Math.PI) / 180))
  return transformPoints(
    points,
    product.map((_, row) => product.map((column) => column[row] * scale)),
  )
}

/**
 * Every axis of the whole clip linearly to [-1, 1].
 * @param flat what an axis without extent becomes: 0, or NaN as in the released loaders, which divide by 0
 */
export function scaleToUnitRange<A extends Coordinates>(points: Points<A>, flat = 0): Points<A> {
  const { data, channels } = points
  const least = new Float64Array(channels).fill(Number.POSITIVE_INFINITY)
  const most = new Float64Array(channels).fill(Number.NEGATIVE_INFINITY)
  for (let i = 0; i < data.length; i++) {
    least[i % channels] = Math.min(least[i % channels], data[i])
    most[i % channels] = Math.max(most[i % channels], data[i])
  }
  const result = zeroPoints(points)
  for (let i = 0; i < data.length; i++) {
    const extent = most[i % channels] - least[i % channels]
    result.data[i] = extent > 0 ? ((data[i] - least[i % channels]) / extent) * 2 - 1 : flat
  }
  return result
}
