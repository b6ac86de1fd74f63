import type { Points } from './points.ts'

/** The precisions that transforms compute in. */
export type Coordinates = Float32Array | Float64Array

/** An array of zeros of the same precision. */
export function allocate<A extends Coordinates>(like: A, length: number): A {
  return (like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length)) as A
}

/** Points of the same precision and, where nothing else is said, the same shape, all 0. */
export function zeroPoints<A extends Coordinates>(
  like: Points<A>,
  shape: Partial<Pick<Points, 'persons' | 'frames' | 'joints' | 'channels'>> = {},
): Points<A> {
  const { persons, frames, joints, channels } = { ...like, ...shape }
  return { data: allocate(like.data, persons * frames * joints * channels), persons, frames, joints, channels }
}

/** The same points in double precision, for transforms that are published in it. */
export function toFloat64(points: Points<Coordinates>): Points<Float64Array> {
  return { ...points, data: Float64Array.from(points.data) }
}

/** The same points in single precision, the precision of networks. */
export function toFloat32(points: Points<Coordinates>): Points<Float32Array> {
  return { ...points, data: Float32Array.from(points.data) }
}
