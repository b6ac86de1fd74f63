import {
  add,
  bernoulli,
  composite,
  isTraining,
  matmul,
  multiply,
  softmax,
  subtract,
  sum,
  sumTo,
  swapLastAxes,
  type Tensor,
} from '../../tensor/index.ts'

export interface FeatureAttentionOptions {
  /** Factor of the products of queries and keys. */
  readonly scale: number
  /** Added to the scores; broadcasts to (..., N, N), by query and key. */
  readonly bias?: Tensor
  /** Share of the attention weights that training sets to zero; default 0. */
  readonly dropout?: number
}

/**
 * softmax(scale qᵀk + bias) over values, for queries, keys and values (..., D, N) with the features in front: (..., D, N).
 * With few features and many tokens the weights are by far the largest tensors, so their gradient has as few passes over
 * them as it can: the sum over keys that a softmax takes off is the sum over features of output times its gradient.
 */
export function featureAttention(q: Tensor, k: Tensor, v: Tensor, options: FeatureAttentionOptions): Tensor {
  const { bias, scale, dropout = 0 } = options
  const drops = dropout > 0 && isTraining()
  // What dropout scales the kept weights by stands in the values, which are fewer.
  const values = drops ? multiply(v, dropout < 1 ? 1 / (1 - dropout) : 0) : v
  return weighted(multiply(q, scale), k, values, bias, drops ? dropout : 0)
}

function weighted(q: Tensor, k: Tensor, v: Tensor, bias: Tensor | undefined, dropout: number): Tensor {
  const products = matmul(swapLastAxes(q), k)
  const weights = softmax(bias ? add(products, bias) : products, -1)
  const kept = dropout > 0 ? multiply(weights, bernoulli(weights.shape, 1 - dropout)) : weights
  const body = matmul(v, swapLastAxes(kept))
  const [output] = composite(bias ? [q, k, v, bias] : [q, k, v], [body], ([d], needs) => {
    const total = swapLastAxes(sum(multiply(d!, body), [d!.rank - 2]))
    const ofKept = matmul(swapLastAxes(d!), v)
    // Weights that are dropped pass no gradient on, but they are part of the softmax.
    const ofScores =
      dropout > 0
        ? subtract(multiply(kept, ofKept), multiply(weights, total))
        : multiply(weights, subtract(ofKept, total))
    return [
      needs(0) ? matmul(k, swapLastAxes(ofScores)) : undefined,
      needs(1) ? matmul(q, ofScores) : undefined,
      needs(2) ? matmul(d!, kept) : undefined,
      bias && needs(3) ? sumTo(ofScores, bias.shape) : undefined,
    ]
  })
  return output
}
