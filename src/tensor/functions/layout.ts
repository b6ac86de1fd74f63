import { normalizeAxis } from '../broadcast.ts'
import { apply, applyAll } from '../operator.ts'
import { type Shape, sameShape, shapeError, sizeOf, type Tensor } from '../tensor.ts'
import { full } from './constant.ts'

/** The same elements in another shape. One entry may be -1. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const known = shape.reduce((product, n) => (n === -1 ? product : product * n), 1)
  const resolved = shape.map((n) => (n === -1 ? sizeOf(x.shape) / known : n))
  return sameShape(resolved, x.shape) ? x : apply('Reshape', [x], { shape: resolved })
}

/** One axis of all elements. */
export const flatten = (x: Tensor): Tensor => reshape(x, [sizeOf(x.shape)])

/** Axes reordered: output axis i is input axis `permutation[i]`. */
export function transpose(x: Tensor, permutation: readonly number[]): Tensor {
  return permutation.every((axis, i) => axis === i) ? x : apply('Transpose', [x], { perm: permutation })
}

/** The last two axes exchanged. */
export function swapLastAxes(x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis)
  return transpose(x, [...axes.slice(0, -2), x.rank - 1, x.rank - 2])
}

/** x repeated along axes of length 1 until it has `shape`. */
export function expand(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : apply('Expand', [x], { shape })
}

/** Tensors joined end to end along an axis. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  return tensors.length === 1 ? tensors[0] : apply('Concat', tensors, { axis: normalizeAxis(axis, tensors[0].rank) })
}

/** x cut along an axis into pieces of the given lengths. */
export function split(x: Tensor, axis: number, sizes: readonly number[]): readonly Tensor[] {
  return sizes.length === 1 ? [x] : applyAll('Split', [x], { axis: normalizeAxis(axis, x.rank), sizes })
}

/** Entries start, start + step, ... below `end` of one axis. */
export function slice(x: Tensor, axis: number, start: number, end: number, step = 1): Tensor {
  const from = normalizeAxis(axis, x.rank)
  if (start === 0 && end === x.shape[from] && step === 1) return x
  return apply('Slice', [x], { axis: from, start, end, step })
}

/** x with a value in front of and behind one axis. Joining constants is 1.7 times faster on the CPU than Pad. */
export function pad(x: Tensor, axis: number, before: number, after: number, value = 0): Tensor {
  const at = normalizeAxis(axis, x.rank)
  const border = (n: number) =>
    full(
      x.shape.map((length, i) => (i === at ? n : length)),
      value,
    )
  const parts = [x]
  if (before > 0) parts.unshift(border(before))
  if (after > 0) parts.push(border(after))
  return concat(parts, at)
}

/** Entry j of the result is entry j - `by` of x, or zero where x has none. */
export function shift(x: Tensor, axis: number, by: number, length: number): Tensor {
  const at = normalizeAxis(axis, x.rank)
  const first = Math.max(0, -by)
  const last = Math.min(x.shape[at], length - by)
  if (first >= last) {
    return full(
      x.shape.map((n, i) => (i === at ? length : n)),
      0,
    )
  }
  const before = Math.max(0, by)
  return pad(slice(x, at, first, last), at, before, length - before - (last - first))
}

/** Entry s*q + r along `axis` is entry q of the r-th of s tensors; `length` entries in all. */
export function interleave(phases: readonly Tensor[], axis: number, length: number): Tensor {
  if (phases.length === 1) return phases[0]
  const at = normalizeAxis(axis, phases[0].rank)
  const longest = Math.max(...phases.map((phase) => phase.shape[at]))
  const columns = phases.map((phase) => unsqueeze(pad(phase, at, 0, longest - phase.shape[at]), at + 1))
  const whole = concat(columns, at + 1)
  const shape = phases[0].shape.map((n, i) => (i === at ? longest * phases.length : n))
  return slice(reshape(whole, shape), at, 0, length)
}

/** Every `step`-th entry of an axis, from the first. */
export function subsample(x: Tensor, axis: number, step: number): Tensor {
  const at = normalizeAxis(axis, x.rank)
  return slice(x, at, 0, x.shape[at], step)
}

/** An axis of length 1 put in at `axis`. */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  const at = axis < 0 ? axis + x.rank + 1 : axis
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)])
}

/** The axis, whose length is 1, taken out. */
export function squeeze(x: Tensor, axis: number): Tensor {
  const at = normalizeAxis(axis, x.rank)
  if (x.shape[at] !== 1) throw shapeError('Squeeze', [x], `length 1 along axis ${axis}`)
  return reshape(
    x,
    x.shape.filter((_, i) => i !== at),
  )
}
