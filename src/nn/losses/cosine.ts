import {
  add,
  cosineSimilarity,
  equal,
  multiply,
  reciprocal,
  relu,
  sameShape,
  shapeError,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
  where,
} from '../../tensor/index.ts'
import { type ReductionOptions, reduceLosses, requireSameShape } from './reduction.ts'

/** 1 - cos of the angle between vectors (..., D) of one shape, one loss per pair: 0 to 2. */
export function cosineSimilarityLoss(a: Tensor, b: Tensor, { reduction }: ReductionOptions = {}): Tensor {
  requireSameShape('cosineSimilarityLoss', a, b)
  return reduceLosses(subtract(1, cosineSimilarity(a, b, -1)), reduction)
}

export interface CosineEmbeddingOptions extends ReductionOptions {
  /** Cosine up to which unlike pairs cost nothing, -1 to 1; default 0. */
  readonly margin?: number
}

/**
 * 1 - cos for pairs that are alike (1 in `target`), max(0, cos - margin) for those that are not (-1), of vectors (..., D)
 * of one shape and targets (...). Any other target costs nothing.
 */
export function cosineEmbeddingLoss(
  a: Tensor,
  b: Tensor,
  target: Tensor,
  { margin = 0, reduction }: CosineEmbeddingOptions = {},
): Tensor {
  requireSameShape('cosineEmbeddingLoss', a, b)
  if (a.rank === 0 || !sameShape(target.shape, a.shape.slice(0, -1))) {
    throw shapeError('cosineEmbeddingLoss', [a, b, target], 'vectors (..., D) and targets (...)')
  }
  const along = [a.rank - 1]
  const total = (t: Tensor) => sum(t, along, { keepAxes: false })
  // The squared lengths are kept off 0 as PyTorch does it, which differs from its cosine similarity.
  const lengths = multiply(add(total(square(a)), 1e-12), add(total(square(b)), 1e-12))
  const cosine = multiply(total(multiply(a, b)), reciprocal(sqrt(lengths)))
  const unlike = where(equal(target, -1), relu(subtract(cosine, margin)), 0)
  return reduceLosses(where(equal(target, 1), subtract(1, cosine), unlike), reduction)
}
