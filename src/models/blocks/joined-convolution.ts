import type { Conv2d } from '../../nn/index.ts'
import { concat, convolution, read, type Tensor } from '../../tensor/index.ts'

/** 1x1 convolutions of one input as one: x (N, C, T, V) to their outputs side by side, (N, sum of O, T, V). */
export function convolveTogether(x: Tensor, convolutions: readonly Conv2d[]): Tensor {
  const weight = concat(
    convolutions.map((conv) => read(conv.weight)),
    0,
  )
  const bias = concat(
    convolutions.map((conv) => read(conv.bias!)),
    0,
  )
  return convolution(x, weight, bias)
}
