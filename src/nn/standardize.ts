import {
  add,
  composite,
  mean as meanOver,
  multiply,
  reciprocal,
  reshape,
  sqrt,
  square,
  subtract,
  type Tensor,
} from '../tensor/index.ts'

export interface Standardized {
  /** (x - mean) / sqrt(variance + epsilon), of the shape of x. */
  readonly output: Tensor
  /** Mean along the axes, which stay with length 1. */
  readonly mean: Tensor
  /** Biased variance along the axes, which stay with length 1. */
  readonly variance: Tensor
}

/**
 * x with mean 0 and variance 1 along the axes. The variance comes from squared differences, so that it is right
 * where |mean| is far larger than the deviation. Its gradient has the closed form
 * dx = (d - mean(d) - y mean(d y)) / sqrt(variance + epsilon).
 */
export function standardize(x: Tensor, axes: readonly number[], epsilon: number): Standardized {
  const mean = meanOver(x, axes)
  const centred = subtract(x, mean)
  const variance = meanOver(square(centred), axes)
  const inverse = reciprocal(sqrt(add(variance, epsilon)))
  const body = multiply(centred, inverse)
  const [output] = composite([x], [body], ([d]) => {
    const slope = meanOver(multiply(d!, body), axes)
    const direct = subtract(d!, meanOver(d!, axes))
    return [multiply(subtract(direct, multiply(body, slope)), inverse)]
  })
  return { output, mean, variance }
}

/** A vector over channels, shaped to broadcast against x (N, C, ...). */
export function alongChannels(vector: Tensor, x: Tensor): Tensor {
  return reshape(
    vector,
    x.shape.map((n, axis) => (axis === 1 ? n : 1)),
  )
}

/** scale * x + offset per channel of x (N, C, ...). */
export function affine(x: Tensor, scale: Tensor, offset: Tensor): Tensor {
  return add(multiply(x, alongChannels(scale, x)), alongChannels(offset, x))
}
