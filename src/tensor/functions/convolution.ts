import { apply } from '../operator.ts'
import { shapeError, type Tensor } from '../tensor.ts'
import { subsample } from './layout.ts'
import { slidingWindow, type WindowOptions } from './window.ts'

/** The padding is zeros. */
export interface ConvolutionOptions extends WindowOptions {
  readonly groups?: number
}

/**
 * Cross-correlation of x (N, C, ...) with weight (O, C / groups, ...), plus bias (O).
 * A strided convolution with kernel 1 is a subsampling first.
 */
export function convolution(x: Tensor, weight: Tensor, bias?: Tensor, options: ConvolutionOptions = {}): Tensor {
  const axes = weight.shape.length - 2
  if (axes < 1 || x.rank !== axes + 2) {
    throw shapeError('Conv', [x, weight], 'x (N, C, ...) and weight (O, C, ...) of one rank, 3 or more')
  }
  const group = options.groups ?? 1
  const window = slidingWindow('Conv', [x, weight], weight.shape.slice(2), options)
  const { kernel_shape: kernel, strides, pads, dilations } = window
  if (kernel.every((k) => k === 1) && pads.every((p) => p === 0) && strides.some((s) => s > 1)) {
    const reduced = strides.reduce((t, s, i) => (s > 1 ? subsample(t, i + 2, s) : t), x)
    return convolution(reduced, weight, bias, { groups: group })
  }
  const attributes = { strides, pads, dilations, group, kernel_shape: kernel }
  return apply('Conv', bias ? [x, weight, bias] : [x, weight], attributes)
}
