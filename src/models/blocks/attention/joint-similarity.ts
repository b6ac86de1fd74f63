import type { Conv2d } from '../../../nn/index.ts'
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
} from '../../../tensor/index.ts'
import { convolveTogether } from '../joined-convolution.ts'

/**
 * How alike two joints move (2s-AGCN section 3.2): theta_k(x)ᵀ phi_k(x) over channels and frames, divided by their
 * number. x (N, C, T, V) to (N, K, V, V), for K pairs of 1x1 convolutions of equal width.
 */
export function jointSimilarities(x: Tensor, theta: readonly Conv2d[], phi: readonly Conv2d[]): Tensor {
  return embeddedSimilarities(convolveTogether(x, [...theta, ...phi]), theta.length)
}

/**
 * The similarities of joints by embeddings side by side, those of the first joint of all K pairs, then those of the
 * second: (N, 2 * K * width, T, V) to (N, K, V, V).
 */
export function embeddedSimilarities(embedded: Tensor, subsets: number): Tensor {
  const { a, b, length } = halves(embedded, subsets)
  return multiply(matmul(swapLastAxes(a), b), 1 / length)
}

/**
 * The similarities as weights of the first joint, by a softmax. The mean of theta over joints cancels in it and is
 * left out: the products are smaller, and float32 keeps more of their differences.
 */
export function similarityWeights(x: Tensor, theta: readonly Conv2d[], phi: readonly Conv2d[]): Tensor {
  const { a, b, length } = halves(convolveTogether(x, [...theta, ...phi]), theta.length)
  const centred = subtract(a, mean(a, [3]))
  return softmax(multiply(matmul(swapLastAxes(centred), b), 1 / length), 2)
}

/** theta(x) and phi(x), side by side, as (N, K, length, V) each. */
function halves(embedded: Tensor, subsets: number) {
  const [N, channels, T, V] = embedded.shape
  const width = channels / 2
  const length = (width / subsets) * T
  const [a, b] = split(embedded, 1, [width, width]).map((part) => reshape(part, [N, subsets, length, V]))
  return { a, b, length }
}
