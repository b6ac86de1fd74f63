import { OssatureError } from '../errors.ts'
import { type Coordinates, zeroPoints } from './allocate.ts'
import type { Points } from './points.ts'

export type Vector = readonly [number, number, number]
/** C x C, row by row; a joint p becomes R p. */
export type Matrix = readonly (readonly number[])[]

/** a x b. */
export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/** The product a b of two matrices. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)))
}

/**
 * The Euler-Rodrigues matrix about an axis, radians; the identity when the axis or the angle is next to 0
 * (|x| + |y| + |z| < 1e-6, |angle| < 1e-6).
 */
export function rotationAboutAxis(axis: Vector, angle: number): Matrix {
  if (absoluteSum(axis) < 1e-6 || Math.abs(angle) < 1e-6) return scaling([1, 1, 1])
  const length = Math.sqrt(axis[0] ** 2 + axis[1] ** 2 + axis[2] ** 2)
  const a = Math.cos(angle / 2)
  const [b, c, d] = axis.map((coordinate) => (-coordinate / length) * Math.sin(angle / 2))
  return [
    [a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c)],
    [2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b)],
    [2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - b * b - c * c],
  ]
}

/** The angle in [0, pi] between two vectors, radians; 0 when one of them is next to 0. */
export function angleBetween(a: Vector, b: Vector): number {
  if (absoluteSum(a) < 1e-6 || absoluteSum(b) < 1e-6) return 0
  const cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
  return Math.acos(Math.min(1, Math.max(-1, cosine)))
}

/** Rx = [[1, 0, 0], [0, c, s], [0, -s, c]], radians. */
export function rotationX(angle: number): Matrix {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  return [
    [1, 0, 0],
    [0, c, s],
    [0, -s, c],
  ]
}

/** Ry = [[c, 0, -s], [0, 1, 0], [s, 0, c]], radians. */
export function rotationY(angle: number): Matrix {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  return [
    [c, 0, -s],
    [0, 1, 0],
    [s, 0, c],
  ]
}

/** Rz = [[c, s, 0], [-s, c, 0], [0, 0, 1]], radians. */
export function rotationZ(angle: number): Matrix {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  return [
    [c, s, 0],
    [-s, c, 0],
    [0, 0, 1],
  ]
}

/** Rz (Ry Rx), the order of 2s-AGCN and all that followed it. */
export function rotationXYZ(angles: Vector): Matrix {
  return multiply(rotationZ(angles[2]), multiply(rotationY(angles[1]), rotationX(angles[0])))
}

/** [[c, -s], [s, c]], radians. */
export function rotation2d(angle: number): Matrix {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  return [
    [c, -s],
    [s, c],
  ]
}

/** The diagonal matrix of these factors. */
export function scaling(factors: readonly number[]): Matrix {
  return factors.map((factor, i) => factors.map((_, j) => (i === j ? factor : 0)))
}

/**
 * Every joint p of every person and frame becomes R p, computed in double precision.
 * @throws OssatureError when the matrix does not fit the channels.
 */
export function transformPoints<A extends Coordinates>(points: Points<A>, matrix: Matrix): Points<A> {
  const { data, channels } = points
  if (matrix.length !== channels || matrix.some((row) => row.length !== channels)) {
    throw new OssatureError('a linear map that does not fit the coordinates', {
      expected: `${channels} x ${channels}`,
      found: `${matrix.length} x ${matrix[0]?.length}`,
    })
  }
  const result = zeroPoints(points)
  const moved = result.data
  // Augmentation spends most of its time here: written out for three coordinates it takes a fraction of the loops' time.
  if (channels === 3) {
    const [[xx, xy, xz], [yx, yy, yz], [zx, zy, zz]] = matrix
    for (let joint = 0; joint < data.length; joint += 3) {
      const x = data[joint]
      const y = data[joint + 1]
      const z = data[joint + 2]
      moved[joint] = xx * x + xy * y + xz * z
      moved[joint + 1] = yx * x + yy * y + yz * z
      moved[joint + 2] = zx * x + zy * y + zz * z
    }
    return result
  }
  for (let joint = 0; joint < data.length; joint += channels) {
    for (let row = 0; row < channels; row++) {
      let sum = 0
      for (let column = 0; column < channels; column++) sum += matrix[row][column] * data[joint + column]
      moved[joint + row] = sum
    }
  }
  return result
}

/** |x| + |y| + |z|. */
export function absoluteSum(vector: Vector): number {
  return Math.abs(vector[0]) + Math.abs(vector[1]) + Math.abs(vector[2])
}

/** a . b. */
export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
