/** A rotation of space, 3 x 3, row by row; a column vector v becomes R v. */
export type Rotation = readonly number[]

/** An axis of space. */
export type Axis = 'X' | 'Y' | 'Z'

const RADIANS = Math.PI / 180

/** R v = v. */
export const IDENTITY: Rotation = [1, 0, 0, 0, 1, 0, 0, 0, 1]

/** The product Rz Ry Rx of right-handed rotations, degrees: about the fixed axes x first, then y, then z. */
export function rotationZYX(x: number, y: number, z: number): Rotation {
  return multiplyRotations(axisRotation('Z', z), multiplyRotations(axisRotation('Y', y), axisRotation('X', x)))
}

/** The right-handed rotation about an axis, degrees. */
export function axisRotation(axis: Axis, degrees: number): Rotation {
  const c = Math.cos(RADIANS * degrees)
  const s = Math.sin(RADIANS * degrees)
  if (axis === 'X') return [1, 0, 0, 0, c, -s, 0, s, c]
  if (axis === 'Y') return [c, 0, s, 0, 1, 0, -s, 0, c]
  return [c, -s, 0, s, c, 0, 0, 0, 1]
}

/** The product a b. */
export function multiplyRotations(a: Rotation, b: Rotation): Rotation {
  if (a === IDENTITY) return b
  if (b === IDENTITY) return a
  return [
    a[0] * b[0] + a[1] * b[3] + a[2] * b[6],
    a[0] * b[1] + a[1] * b[4] + a[2] * b[7],
    a[0] * b[2] + a[1] * b[5] + a[2] * b[8],
    a[3] * b[0] + a[4] * b[3] + a[5] * b[6],
    a[3] * b[1] + a[4] * b[4] + a[5] * b[7],
    a[3] * b[2] + a[4] * b[5] + a[5] * b[8],
    a[6] * b[0] + a[7] * b[3] + a[8] * b[6],
    a[6] * b[1] + a[7] * b[4] + a[8] * b[7],
    a[6] * b[2] + a[7] * b[5] + a[8] * b[8],
  ]
}

/** The inverse of a rotation. */
export function inverseRotation(r: Rotation): Rotation {
  return [r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]]
}

/** Writes to joint `joint` of `positions` the place of joint `origin` + R v; coordinates x, y, z per joint. */
export function placeJoint(
  positions: Float64Array,
  joint: number,
  origin: number,
  r: Rotation,
  x: number,
  y: number,
  z: number,
): void {
  positions[3 * joint] = positions[3 * origin] + r[0] * x + r[1] * y + r[2] * z
  positions[3 * joint + 1] = positions[3 * origin + 1] + r[3] * x + r[4] * y + r[5] * z
  positions[3 * joint + 2] = positions[3 * origin + 2] + r[6] * x + r[7] * y + r[8] * z
}
