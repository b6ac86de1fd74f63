import { apply } from '../operator.ts'
import type { Shape, Tensor } from '../tensor.ts'

/** Largest value of every window of x (N, C, ...). Padding never wins. */
export function maxPool(x: Tensor, kernel: Shape, strides: Shape = kernel, padding: Shape = [0, 0, 0, 0]): Tensor {
  return apply('MaxPool', [x], { kernel_shape: kernel, strides, pads: padding })
}
