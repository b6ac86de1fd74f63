import { apply } from '../operator.ts'
import { type Shape, sameShape, shapeError, type Tensor } from '../tensor.ts'
import { full } from './constant.ts'

export interface LayerNormalizationOptions {
  /** Factor of every element, of the normalised shape; default 1. */
  readonly scale?: Tensor
  /** Added to every element, of the normalised shape; default 0. */
  readonly bias?: Tensor
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number
}

/**
 * scale (x - mean) / sqrt(variance + epsilon) + bias, with mean and biased variance over the last axes of x, whose
 * lengths are `shape` (Ba et al. 2016). Exact to rounding where |mean| is far larger than the deviation.
 * @throws OssatureError when x ends in other axes
 */
export function layerNormalization(x: Tensor, shape: Shape, options: LayerNormalizationOptions = {}): Tensor {
  const { scale = full(shape, 1, x.dtype), bias, epsilon = 1e-5 } = options
  const axis = x.rank - shape.length
  if (shape.length === 0 || axis < 0 || !sameShape(x.shape.slice(axis), shape)) {
    throw shapeError('LayerNormalization', [x], `x (..., ${shape.join(', ')})`)
  }
  return apply('LayerNormalization', bias ? [x, scale, bias] : [x, scale], { axis, epsilon })
}
