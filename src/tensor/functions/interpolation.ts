import { normalizeAxis } from '../broadcast.ts'
import { shapeError, type Tensor } from '../tensor.ts'
import { mapAxis } from './axis-map.ts'
import { constant } from './constant.ts'
import { gather } from './indexing.ts'
import { expand, reshape } from './layout.ts'

export interface InterpolationOptions {
  /** The axes to resample; the spatial axes of (N, C, ...) when absent. */
  readonly axes?: readonly number[]
  /** Nearest entry, or straight lines between neighbours (bilinear, trilinear over more axes). */
  readonly mode?: 'nearest' | 'linear'
  /** Linear: first and last entries stay in their places; else entries are the middles of equal pieces. */
  readonly alignCorners?: boolean
  /** Entries of the result per entry of x, by which positions are taken, one per axis; the ratio of the lengths when absent. */
  readonly scales?: readonly number[]
}

/** x with axes resampled to `sizes` entries. Positions are computed in float32, as PyTorch's `interpolate` does. */
export function interpolate(x: Tensor, sizes: readonly number[], options: InterpolationOptions = {}): Tensor {
  const { mode = 'nearest', alignCorners = false, scales } = options
  const axes = options.axes ?? x.shape.slice(2).map((_, i) => i + 2)
  const whole = sizes.every((n) => Number.isInteger(n) && n >= 1)
  if (!whole || axes.length !== sizes.length || (scales && scales.length !== sizes.length)) {
    throw shapeError('Interpolation', [x], `one size, 1 or more, for each of the axes [${axes}], not [${sizes}]`)
  }
  return sizes.reduce((t, size, i) => {
    const axis = normalizeAxis(axes[i], x.rank)
    const length = x.shape[axis]
    const scale = scales?.[i]
    if (mode === 'nearest') return nearest(t, axis, size, positionStep(length, size, scale))
    if (size === length && (alignCorners || scale === undefined)) return t
    return linearAlong(t, axis, linearPositions(length, size, alignCorners, scale))
  }, x)
}

/** Entries of x per entry of the result. */
function positionStep(length: number, size: number, scale?: number): number {
  return Math.fround(scale === undefined ? Math.fround(length) / Math.fround(size) : 1 / scale)
}

function nearest(x: Tensor, axis: number, size: number, step: number): Tensor {
  const length = x.shape[axis]
  const source = Int32Array.from({ length: size }, (_, i) => Math.min(Math.floor(Math.fround(i * step)), length - 1))
  if (size === length && source.every((from, i) => from === i)) return x
  const times = size / length
  if (Number.isInteger(times) && source.every((from, i) => from === Math.floor(i / times))) {
    return repeated(x, axis, times)
  }
  return gather(x, constant(source, [size]), axis)
}

/** Every entry of an axis `times` times in a row. */
function repeated(x: Tensor, axis: number, times: number): Tensor {
  const before = x.shape.slice(0, axis)
  const behind = x.shape.slice(axis + 1)
  const length = x.shape[axis]
  const column = reshape(x, [...before, length, 1, ...behind])
  return reshape(expand(column, [...before, length, times, ...behind]), [...before, length * times, ...behind])
}

/** The two neighbours of an entry of the result, and the share of the second. */
interface Position {
  readonly lower: number
  readonly upper: number
  readonly share: number
}

function linearPositions(length: number, size: number, alignCorners: boolean, scale?: number): Position[] {
  const { fround } = Math
  const step = alignCorners ? fround(size > 1 ? (length - 1) / (size - 1) : 0) : positionStep(length, size, scale)
  return Array.from({ length: size }, (_, i) => {
    const source = alignCorners ? fround(i * step) : Math.max(0, fround(fround(step * (i + 0.5)) - 0.5))
    const lower = Math.min(Math.floor(source), length - 1)
    const upper = Math.min(lower + 1, length - 1)
    return { lower, upper, share: Math.min(1, Math.max(0, fround(source - lower))) }
  })
}

function linearAlong(x: Tensor, axis: number, positions: readonly Position[]): Tensor {
  return mapAxis(x, axis, positions.length, (to, from) => {
    const { lower, upper, share } = positions[to]
    return (from === lower ? 1 - share : 0) + (from === upper ? share : 0)
  })
}
