import type { Conv2d } from '../../nn/index.ts'
import {
  matmul,
  mean,
  multiply,
  reshape,
  softmax,
  split,
  subtract,
  swapLastAxes,
  type Tensor,
} from '../../tensor/index.ts'
import { convolveTogether } from './joined-convolution.ts'

/**
 * How alike two joints move (2s-AGCN section 3.2): theta_k(x)ᵀ phi_k(x) over channels and frames, divided by their
 * number. x (N, C, T, V) to (N, K, V, V), for K pairs of 1x1 convolutions of equal width.
 */
export function jointSimilarities(x: Tensor, theta: readonly Conv2d[], phi: readonly Conv2d[]): Tensor {
  const { a, b, length } = embed(x, theta, phi)
  return multiply(matmul(swapLastAxes(a), b), 1 / length)
}

/**
 * The similarities as weights of the first joint, by a softmax. The mean of theta over joints cancels in it and is
 * left out: the products are smaller, and float32 keeps more of their differences.
 */
export function similarityWeights(x: Tensor, theta: readonly Conv2d[], phi: readonly Conv2d[]): Tensor {
  const { a, b, length } = embed(x, theta, phi)
  const centred = subtract(a, mean(a, [3]))
  return softmax(multiply(matmul(swapLastAxes(centred), b), 1 / length), 2)
}

/** theta(x) and phi(x) as (N, K, length, V). */
function embed(x: Tensor, theta: readonly Conv2d[], phi: readonly Conv2d[]) {
  const [N, , T, V] = x.shape
  const K = theta.length
  const embedded = convolveTogether(x, [...theta, ...phi])
  const width = embedded.shape[1] / 2
  const length = (width / K) * T
  const [a, b] = split(embedded, 1, [width, width]).map((part) => reshape(part, [N, K, length, V]))
  return { a, b, length }
}
