import { apply } from '../operator.ts'
import { type Shape, shapeError, type Tensor } from '../tensor.ts'
import { mapAxis } from './axis-map.ts'
import { pad, subsample } from './layout.ts'
import { mean } from './reduction.ts'
import { ceilWindow, LOWEST, slidingWindow, type Window, type WindowOptions, windowCount } from './window.ts'

export interface PoolingOptions {
  /** Windows may go beyond the end, as long as each starts within the input or the padding in front of it. */
  readonly ceilMode?: boolean
}

export interface MaxPoolOptions extends PoolingOptions {
  readonly dilations?: Shape
}

/**
 * Largest value of every window of x (N, C, ...). `padding`: entries in front of every axis, then behind every axis;
 * they never win and are fewer than the window's.
 */
export function maxPool(
  x: Tensor,
  kernel: Shape,
  strides: Shape = kernel,
  padding?: Shape,
  { dilations, ceilMode = false }: MaxPoolOptions = {},
): Tensor {
  const window = poolingWindow('MaxPool', x, kernel, { strides, padding, dilations }, ceilMode)
  if (kernel.every((k) => k === 1)) return strides.reduce((t, s, i) => (s > 1 ? subsample(t, i + 2, s) : t), x)
  // ONNX Runtime takes less padding than the kernel has entries, which a dilated window in ceil mode may need more of.
  const most = window.pads.map((n, i) => Math.min(n, kernel[i % kernel.length] - 1))
  const source = kernel.reduce((t, _, i) => {
    const behind = i + kernel.length
    return pad(t, i + 2, 0, window.pads[behind] - most[behind], LOWEST)
  }, x)
  return apply('MaxPool', [source], { ...window, pads: most })
}

export interface AveragePoolOptions extends PoolingOptions {
  /** Whether padding counts in the mean, as zeros. */
  readonly countIncludePad?: boolean
}

/**
 * Mean of every window of x (N, C, ...), as PyTorch takes it; `padding` as for `maxPool`. What a window covers beyond the
 * padding never counts. The mean over a box is one mean per axis, each a matrix product: 3 times faster on the CPU than
 * AveragePool.
 */
export function averagePool(
  x: Tensor,
  kernel: Shape,
  strides: Shape = kernel,
  padding?: Shape,
  { ceilMode = false, countIncludePad = true }: AveragePoolOptions = {},
): Tensor {
  const { pads } = slidingWindow('AveragePool', [x], kernel, { strides, padding })
  const window = poolingWindow('AveragePool', x, kernel, { strides, padding }, ceilMode)
  return kernel.reduce((t, k, i) => {
    const length = x.shape[i + 2]
    const count = windowCount(window, i, length)
    if (k === 1 && pads[i] === 0 && pads[i + kernel.length] === 0) return subsample(t, i + 2, strides[i])
    return meansAlong(t, i + 2, count, (window) => {
      const start = window * strides[i] - pads[i]
      const end = Math.min(start + k, length + pads[i + kernel.length])
      const [from, to] = [Math.max(0, start), Math.min(length, end)]
      return { from, to, size: countIncludePad ? end - start : to - from }
    })
  }, x)
}

/**
 * Means of x (N, C, ...) over `sizes` windows that divide every spatial axis as evenly as whole entries allow; window i
 * of n over a length L has the entries from floor(i L / n) to below ceil((i + 1) L / n). Neighbours may overlap.
 */
export function adaptiveAveragePool(x: Tensor, sizes: Shape): Tensor {
  if (x.rank !== sizes.length + 2 || sizes.some((n) => !Number.isInteger(n) || n < 1)) {
    throw shapeError('AdaptiveAveragePool', [x], `x (N, C, ...) with as many spatial axes as the sizes [${sizes}]`)
  }
  const whole = sizes.flatMap((size, i) => (size === 1 ? [i + 2] : []))
  return sizes.reduce(
    (t, size, i) => {
      const length = t.shape[i + 2]
      if (size === length) return t
      return meansAlong(t, i + 2, size, (window) => {
        const from = Math.floor((window * length) / size)
        const to = Math.ceil(((window + 1) * length) / size)
        return { from, to, size: to - from }
      })
    },
    mean(x, whole),
  )
}

/** Entries [from, to) of an axis, whose sum is divided by `size`. */
interface Extent {
  readonly from: number
  readonly to: number
  readonly size: number
}

function meansAlong(x: Tensor, axis: number, count: number, extentOf: (window: number) => Extent): Tensor {
  const extents = Array.from({ length: count }, (_, i) => extentOf(i))
  return mapAxis(x, axis, count, (to, from) => {
    const extent = extents[to]
    return from >= extent.from && from < extent.to ? 1 / extent.size : 0
  })
}

function poolingWindow(operator: string, x: Tensor, kernel: Shape, options: WindowOptions, ceilMode: boolean): Window {
  const window = slidingWindow(operator, [x], kernel, options)
  const lengths = x.shape.slice(2)
  const wanted = `x (N, C, ...) that is at least as large as the window [${kernel}]`
  if (x.rank !== kernel.length + 2) throw shapeError(operator, [x], wanted)
  if (window.pads.some((n, i) => n >= kernel[i % kernel.length])) {
    throw shapeError(operator, [x], `less padding than the window [${kernel}] along each axis, not [${window.pads}]`)
  }
  const sized = ceilMode ? ceilWindow(window, lengths) : window
  if (lengths.some((length, i) => windowCount(sized, i, length) < 1)) throw shapeError(operator, [x], wanted)
  return sized
}
