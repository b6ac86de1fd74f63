import {
  add,
  dropout,
  matmul,
  multiply,
  shapeError,
  softmax,
  swapLastAxes,
  type Tensor,
  where,
} from '../tensor/index.ts'

export interface AttentionOptions {
  /**
   * Booleans: true where a query may look at a key. Numbers: added to the scores. Broadcasts to (..., L, S). A query
   * that may look at nothing looks at everything alike.
   */
  readonly mask?: Tensor
  /** Factor of the products; default 1 / sqrt(D). */
  readonly scale?: number
  /** Share of the attention weights that training sets to zero; default 0. */
  readonly dropout?: number
}

/** Far below every score, and finite, so that a row of it has no NaN. */
export const FORBIDDEN = -1e30

/** softmax(scale q kᵀ + mask) for queries (..., L, D) and keys (..., S, D): (..., L, S), every row with sum 1. */
export function attentionWeights(query: Tensor, key: Tensor, { mask, scale }: AttentionOptions = {}): Tensor {
  const size = query.shape.at(-1)
  if (query.rank < 2 || key.rank < 2 || size !== key.shape.at(-1)) {
    throw shapeError('attention', [query, key], 'queries (..., L, D) and keys (..., S, D)')
  }
  const scores = matmul(multiply(query, scale ?? 1 / Math.sqrt(size!)), swapLastAxes(key))
  if (!mask) return softmax(scores, -1)
  return softmax(mask.dtype === 'bool' ? where(mask, scores, FORBIDDEN) : add(scores, mask), -1)
}

/**
 * Scaled dot-product attention (Vaswani et al. 2017) of queries (..., L, D) over keys (..., S, D) and values
 * (..., S, E): (..., L, E). Leading axes broadcast.
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options: AttentionOptions = {},
): Tensor {
  const weights = attentionWeights(query, key, options)
  return matmul(dropout(weights, options.dropout ?? 0), value)
}
