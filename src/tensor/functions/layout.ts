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
  const inPlace = permutation.length === x.rank && permutation.every((axis, i) => axis === i)
  return inPlace ? x : apply('Transpose', [x], { perm: permutation })
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

/**
 * Tensors joined end to end along an axis.
 * @throws OssatureError for no tensors, or tensors that differ in type, rank or another axis
 */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  if (tensors.length === 0) throw shapeError('Concat', [], 'at least one tensor')
  const at = normalizeAxis(axis, tensors[0].rank)
  return tensors.length === 1 ? tensors[0] : apply('Concat', tensors, { axis: at })
}

/** x cut along an axis into pieces of the given lengths. */
export function split(x: Tensor, axis: number, sizes: readonly number[]): readonly Tensor[] {
  const at = normalizeAxis(axis, x.rank)
  return sizes.length === 1 && sizes[0] === x.shape[at] ? [x] : applyAll('Split', [x], { axis: at, sizes })
}

/** Tensors of one shape, side by side along a new axis. */
export function stack(tensors: readonly Tensor[], axis: number): Tensor {
  return concat(
    tensors.map((x) => unsqueeze(x, axis)),
    axis,
  )
}

/**
 * Entries start, start + step, ... of one axis: those before `end`, which is below the start where the step is negative
 * (-1 to go on to the first entry).
 */
export function slice(x: Tensor, axis: number, start: number, end: number, step = 1): Tensor {
  const from = normalizeAxis(axis, x.rank)
  if (start === 0 && end === x.shape[from] && step === 1) return x
  return apply('Slice', [x], { axis: from, start, end, step })
}

/**
 * x with a value in front of and behind one axis; a negative number of entries takes as many away.
 * Joining constants is 1.7 times faster on the CPU than Pad.
 */
export function pad(x: Tensor, axis: number, before: number, after: number, value = 0): Tensor {
  const border = (at: number, n: number) =>
    full(
      x.shape.map((length, i) => (i === at ? n : length)),
      value,
      x.dtype,
    )
  return bordered(x, axis, before, after, (_, at, n) => border(at, n))
}

/**
 * x with its entries mirrored about the first and the last one, which are not repeated. The border is shorter than the
 * axis; a negative one takes entries away.
 */
export function padReflected(x: Tensor, axis: number, before: number, after: number): Tensor {
  return bordered(x, axis, before, after, (kept, at, n, behind) => {
    const length = kept.shape[at]
    if (n >= length) throw shapeError('Pad', [kept], `a mirrored border shorter than axis ${at}, not ${n}`)
    return behind ? slice(kept, at, length - 2, length - 2 - n, -1) : slice(kept, at, n, 0, -1)
  })
}

/** x with its first and last entry repeated; a negative number of entries takes as many away. */
export function padEdge(x: Tensor, axis: number, before: number, after: number): Tensor {
  return bordered(x, axis, before, after, (kept, at, n, behind) => {
    const last = kept.shape[at] - 1
    return repeatInterleave(behind ? slice(kept, at, last, last + 1) : slice(kept, at, 0, 1), n, at)
  })
}

type Border = (kept: Tensor, axis: number, entries: number, behind: boolean) => Tensor

function bordered(x: Tensor, axis: number, before: number, after: number, border: Border): Tensor {
  const at = normalizeAxis(axis, x.rank)
  const first = Math.max(0, -before)
  const last = x.shape[at] - Math.max(0, -after)
  if (!Number.isInteger(before) || !Number.isInteger(after) || first >= last) {
    throw shapeError('Pad', [x], `whole borders that leave an entry of axis ${at}, not ${before} and ${after}`)
  }
  const kept = slice(x, at, first, last)
  const parts = [kept]
  if (before > 0) parts.unshift(border(kept, at, before, false))
  if (after > 0) parts.push(border(kept, at, after, true))
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
      x.dtype,
    )
  }
  const before = Math.max(0, by)
  return pad(slice(x, at, first, last), at, before, length - before - (last - first))
}

/** Entry s*q + r along `axis` is entry q of the r-th of s tensors; `length` entries in all. */
export function interleave(phases: readonly Tensor[], axis: number, length: number): Tensor {
  const at = normalizeAxis(axis, phases[0].rank)
  if (phases.length === 1) return slice(phases[0], at, 0, length)
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

/** The entries of each of these axes in reverse order. */
export function flip(x: Tensor, axes: readonly number[]): Tensor {
  return axes.reduce((t, axis) => {
    const length = t.shape[normalizeAxis(axis, t.rank)]
    return length < 2 ? t : slice(t, axis, length - 1, -1, -1)
  }, x)
}

/** The entries of an axis moved on by `by` places, negative to move them back; what leaves it comes in at the other end. */
export function roll(x: Tensor, axis: number, by: number): Tensor {
  const at = normalizeAxis(axis, x.rank)
  const length = x.shape[at]
  if (!Number.isInteger(by)) throw shapeError('Roll', [x], `a whole number of places, not ${by}`)
  const cut = ((-by % length) + length) % length
  return cut === 0 ? x : concat([slice(x, at, cut, length), slice(x, at, 0, cut)], at)
}

/** x laid end to end with itself: `copies` has their number along every axis. */
export function tile(x: Tensor, copies: readonly number[]): Tensor {
  if (copies.length !== x.rank) throw shapeError('Tile', [x], `a number of copies for ${x.rank} axes, not [${copies}]`)
  return copies.reduce((t, n, axis) => {
    const [before, behind] = [t.shape.slice(0, axis), t.shape.slice(axis)]
    return reshape(copied(t, axis, n), [...before, n * behind[0], ...behind.slice(1)])
  }, x)
}

/** Every entry of an axis `repeats` times, one after the other: a b becomes a a b b. */
export function repeatInterleave(x: Tensor, repeats: number, axis: number): Tensor {
  const at = normalizeAxis(axis, x.rank)
  return reshape(
    copied(x, at + 1, repeats),
    x.shape.map((n, i) => (i === at ? n * repeats : n)),
  )
}

/** x with a new axis at `axis`, along which it is repeated. */
function copied(x: Tensor, axis: number, copies: number): Tensor {
  if (!Number.isInteger(copies) || copies < 1) throw shapeError('Tile', [x], `one copy or more, not ${copies}`)
  const single = unsqueeze(x, axis)
  return expand(
    single,
    single.shape.map((n, i) => (i === axis ? copies : n)),
  )
}

/** An axis of length 1 put in at `axis`. */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  const at = normalizeAxis(axis, x.rank + 1)
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
