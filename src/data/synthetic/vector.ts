/** Right, up, backward for a performer who looks along -z; metres. */
export type Vector = readonly [number, number, number]

export const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]

export const subtract = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]

export const scale = (a: Vector, factor: number): Vector => [a[0] * factor, a[1] * factor, a[2] * factor]

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

export const length = (a: Vector): number => Math.sqrt(dot(a, a))

/** Unit vector along `a`; the zero vector has no direction, so it gives `fallback`. */
export function direction(a: Vector, fallback: Vector = [0, 1, 0]): Vector {
  const norm = length(a)
  return norm > 1e-9 ? scale(a, 1 / norm) : fallback
}

/** The part of `a` that is perpendicular to the unit vector `axis`. */
export const reject = (a: Vector, axis: Vector): Vector => subtract(a, scale(axis, dot(a, axis)))

/** Three perpendicular unit vectors of a part of the body. */
export interface Frame {
  readonly right: Vector
  readonly up: Vector
  readonly forward: Vector
}

/** Facing the camera, upright. */
export const FACING: Frame = { right: [1, 0, 0], up: [0, 1, 0], forward: [0, 0, -1] }

/** `x` right, `y` up, `z` forward of `origin` along the axes of `frame`. */
export function place(origin: Vector, frame: Frame, x: number, y: number, z: number): Vector {
  const { right, up, forward } = frame
  return [
    origin[0] + x * right[0] + y * up[0] + z * forward[0],
    origin[1] + x * right[1] + y * up[1] + z * forward[1],
    origin[2] + x * right[2] + y * up[2] + z * forward[2],
  ]
}

/** Turns a frame to its own left. */
export function turnLeft(frame: Frame, angle: number): Frame {
  return {
    ...frame,
    right: rotateTowards(frame.right, frame.forward, angle),
    forward: rotateTowards(frame.forward, frame.right, -angle),
  }
}

/** Tips a frame forward. */
export function tipForward(frame: Frame, angle: number): Frame {
  return {
    ...frame,
    up: rotateTowards(frame.up, frame.forward, angle),
    forward: rotateTowards(frame.forward, frame.up, -angle),
  }
}

/** Tips a frame to its own right. */
export function tipRight(frame: Frame, angle: number): Frame {
  return {
    ...frame,
    up: rotateTowards(frame.up, frame.right, angle),
    right: rotateTowards(frame.right, frame.up, -angle),
  }
}

function rotateTowards(from: Vector, to: Vector, angle: number): Vector {
  return add(scale(from, Math.cos(angle)), scale(to, Math.sin(angle)))
}
