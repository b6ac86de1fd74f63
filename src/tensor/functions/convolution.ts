import { apply } from '../operator.ts'
import { type Shape, shapeError, type Tensor } from '../tensor.ts'
import { subsample } from './layout.ts'

export interface ConvolutionOptions {
  /** Per spatial axis. */
  readonly strides?: Shape
  /** Zeros in front of every spatial axis, then zeros behind every spatial axis. */
  readonly padding?: Shape
  readonly dilations?: Shape
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
  const strides = options.strides ?? Array<number>(axes).fill(1)
  const pads = options.padding ?? Array<number>(axes * 2).fill(0)
  const dilations = options.dilations ?? Array<number>(axes).fill(1)
  const group = options.groups ?? 1
  const kernel = weight.shape.slice(2)
  if (kernel.every((k) => k === 1) && pads.every((p) => p === 0) && strides.some((s) => s > 1)) {
    const reduced = strides.reduce((t, s, i) => (s > 1 ? subsample(t, i + 2, s) : t), x)
    return convolution(reduced, weight, bias, { groups: group })
  }
  const attributes = { strides, pads, dilations, group, kernel_shape: kernel }
  return apply('Conv', bias ? [x, weight, bias] : [x, weight], attributes)
}
