import type { Conv2d } from '../../nn/index.ts'
import { add, concat, convolution, matmul, read, reshape, sum, type Tensor } from '../../tensor/index.ts'

/** x (N, C, T, V) on every graph of (K, V, V) or (N, K, V, V): (N, K * C, T, V), subset by subset. */
export function mixJoints(x: Tensor, graphs: Tensor): Tensor {
  const [N, C, T, V] = x.shape
  const mixed = matmul(reshape(x, [N, 1, C * T, V]), graphs)
  return reshape(mixed, [N, mixed.shape[1] * C, T, V])
}

/** Sum over subsets k of y_k A_k, for y (N, K * O, T, V) subset by subset and A (K, V, V): (N, O, T, V). */
export function sumMixed(y: Tensor, graphs: Tensor): Tensor {
  const [N, C, T, V] = y.shape
  const K = graphs.shape[0]
  const mixed = matmul(reshape(y, [N, K, (C / K) * T, V]), graphs)
  return reshape(sum(mixed, [1]), [N, C / K, T, V])
}

/**
 * Sum over subsets k of conv_k(x G_k), for x (N, C, T, V) and 1x1 convolutions: the joints are mixed on the narrow
 * side, and the sum is inside one convolution of K * C channels.
 */
export function convolveMixed(x: Tensor, graphs: Tensor, convolutions: readonly Conv2d[]): Tensor {
  const weight = concat(
    convolutions.map((conv) => read(conv.weight)),
    1,
  )
  const bias = convolutions.map((conv) => read(conv.bias!)).reduce((total, b) => add(total, b))
  return convolution(mixJoints(x, graphs), weight, bias)
}
