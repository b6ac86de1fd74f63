import * as t from '../../../src/tensor/index.ts'
import type { Source, Step } from './source.ts'

/** A window that fits lengths up to 6 along one or two axes. */
function windowOf(s: Source, axes: number) {
  const kernel = Array.from({ length: axes }, () => s.whole(1, 3))
  const strides = kernel.map(() => s.whole(1, 2))
  const dilations = kernel.map(() => s.whole(1, 2))
  const ends = [...kernel, ...kernel].map((k) => s.whole(0, k - 1))
  const lengths = kernel.map((k, i) => Math.max(1, dilations[i] * (k - 1) + 1) + s.whole(0, 2))
  return { kernel, strides, dilations, padding: ends, lengths }
}

const convolution =
  (transposed: boolean): Step =>
  (s) => {
    const { kernel, strides, dilations, padding, lengths } = windowOf(s, s.whole(1, 2))
    const groups = s.whole(1, 2)
    const [from, to] = [groups * s.whole(1, 2), groups * s.whole(1, 2)]
    const x = s.shaped([s.whole(1, 2), from, ...lengths])
    const bias = s.chance(0.5) ? s.shaped([to]) : undefined
    const compute = transposed ? t.transposedConvolution : t.convolution
    const weight = s.shaped([...(transposed ? [from, to / groups] : [to, from / groups]), ...kernel])
    const options = transposed
      ? { strides, dilations, padding: padding.map(() => 0), groups }
      : { strides, dilations, padding, groups }
    return t.multiply(compute(x, weight, bias, options), 0.4)
  }

export const WINDOW_STEPS: Readonly<Record<string, Step>> = {
  convolution: convolution(false),
  transposedConvolution: convolution(true),
  /** Normalised per channel behind a convolution, as a device fuses it. */
  scaledConvolution: (s) => {
    const channels = s.whole(1, 3)
    const x = s.shaped([2, channels, 3, 2])
    const y = t.convolution(x, s.shaped([channels, channels, 1, 1]))
    const [scale, offset] = [0, 1].map(() => s.shaped([1, channels, 1, 1]))
    const z = t.add(t.multiply(y, scale), offset)
    return t.relu(s.chance(0.5) ? t.add(z, x) : z)
  },
  maxPool: (s) => {
    const { kernel, strides, dilations, padding, lengths } = windowOf(s, s.whole(1, 2))
    const x = s.shaped([s.whole(1, 2), s.whole(1, 2), ...lengths])
    return t.maxPool(x, kernel, strides, padding, { dilations, ceilMode: s.chance(0.3) })
  },
  averagePool: (s) => {
    const { kernel, strides, padding, lengths } = windowOf(s, s.whole(1, 2))
    const x = s.shaped([s.whole(1, 2), s.whole(1, 2), ...lengths])
    const options = { ceilMode: s.chance(0.3), countIncludePad: s.chance(0.5) }
    return t.averagePool(x, kernel, strides, padding, options)
  },
  adaptiveAveragePool: (s) => {
    const lengths = s.shape(2, 5)
    return t.adaptiveAveragePool(s.shaped([1, s.whole(1, 2), ...lengths]), [s.whole(1, 4), 1])
  },
  interpolate: (s) => t.interpolate(s.shaped([1, 2, s.whole(2, 5)]), [s.whole(1, 6)]),
}
