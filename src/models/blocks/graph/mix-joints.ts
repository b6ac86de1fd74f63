import type { Conv2d } from '../../../nn/index.ts'
import {
  add,
  concat,
  convolution,
  matmul,
  read,
  reshape,
  sum,
  swapLastAxes,
  type Tensor,
  transpose,
} from '../../../tensor/index.ts'

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
 * What `sumMixed(conv(x), A)` gives, for a convolution with the weights of all K subsets, with the joints mixed first:
 * the sum over subsets is then inside the convolution, and the biases become an offset per joint. Faster where no
 * gradient is wanted; in training, the gradient of that offset takes back more.
 */
export function convolveMixedFirst(x: Tensor, graphs: Tensor, conv: Conv2d): Tensor {
  const [, C, , V] = x.shape
  const K = graphs.shape[0]
  const O = conv.weight.shape[0] / K
  const weight = transpose(reshape(read(conv.weight), [K, O, C]), [1, 0, 2])
  const y = convolution(mixJoints(x, graphs), reshape(weight, [O, K * C, 1, 1]))
  const bias = swapLastAxes(reshape(read(conv.bias!), [K, O]))
  const offset = matmul(bias, reshape(sum(graphs, [1]), [K, V]))
  return add(y, reshape(offset, [1, O, 1, V]))
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
