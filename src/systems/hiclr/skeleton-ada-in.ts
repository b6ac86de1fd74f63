import { add, divide, mean, multiply, sqrt, subtract, type Tensor, variance } from '../../tensor/index.ts'

/** Over what an average is taken: frames and joints, or the joints of each frame. */
export type AdaInMode = 'TV' | 'V'

/**
 * SkeletonAdaIN of HiCLR: a clip with mean and standard deviation of another one, per sample, person and channel.
 * @param content (N, M, T, V, C)
 * @param style of the same shape
 */
export function skeletonAdaIn(content: Tensor, style: Tensor, mode: AdaInMode = 'TV', epsilon = 1e-5): Tensor {
  const axes = mode === 'TV' ? [2, 3] : [3]
  const deviation = (x: Tensor) => sqrt(add(variance(x, axes), epsilon))
  const normalized = divide(subtract(content, mean(content, axes)), deviation(content))
  return add(multiply(normalized, deviation(style)), mean(style, axes))
}
