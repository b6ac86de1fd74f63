import { OssatureError } from '../errors.ts'
import { currentScope, type Shape, shapeError, type Tensor } from './tensor.ts'

/** The shape that two shapes broadcast to, or `undefined` when they do not fit. */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length)
  const result: number[] = []
  for (let i = 0; i < rank; i++) {
    const x = a[a.length - rank + i] ?? 1
    const y = b[b.length - rank + i] ?? 1
    if (x !== y && x !== 1 && y !== 1) return undefined
    result.push(x === 1 ? y : x)
  }
  return result
}

/** The broadcast shape of two operands; throws a shape error that names the operator. */
export function requireBroadcast(operator: string, a: Tensor, b: Tensor): Shape {
  const shape = broadcastShapes(a.shape, b.shape)
  if (!shape) throw shapeError(operator, [a, b], 'shapes that are equal or 1 along each axis, counted from the last')
  return shape
}

/** Axes of `from` along which a tensor of shape `to` was repeated. */
export function broadcastAxes(from: Shape, to: Shape): number[] {
  const offset = from.length - to.length
  return from.map((_, axis) => axis).filter((axis) => axis < offset || (to[axis - offset] === 1 && from[axis] !== 1))
}

/**
 * Counts an axis from the front.
 * @throws OssatureError for an axis that a tensor of that rank does not have
 */
export function normalizeAxis(axis: number, rank: number): number {
  const fromFront = axis < 0 ? axis + rank : axis
  if (Number.isInteger(axis) && fromFront >= 0 && fromFront < rank) return fromFront
  throw new OssatureError('a tensor does not have this axis', {
    where: currentScope() || 'graph',
    expected: rank === 0 ? 'none, the tensor has no axes' : `${-rank} to ${rank - 1}`,
    found: String(axis),
  })
}

/** The shape after a reduction that keeps the reduced axes with length 1. */
export function keptShape(shape: Shape, axes: readonly number[]): number[] {
  return shape.map((n, axis) => (axes.includes(axis) ? 1 : n))
}
