import { crossEntropy } from '../../nn/index.ts'
import {
  add,
  cast,
  concat,
  constant,
  divide,
  equal,
  gatherElements,
  greater,
  logSoftmax,
  mean,
  multiply,
  negate,
  reshape,
  slice,
  softmax,
  stopGradient,
  subtract,
  sum,
  type Tensor,
  topK,
} from '../../tensor/index.ts'

/**
 * Hierarchical consistency (arXiv 2211.13466): the similarities of the stronger view are to be distributed as those of
 * the weaker one, which is a constant here: mean over samples of -sum_j softmax(weaker)_j log softmax(stronger)_j.
 */
export function directionalConsistency(weaker: Tensor, stronger: Tensor): Tensor {
  return crossEntropy(stronger, stopGradient(softmax(weaker)))
}

/** Columns of a similarity row that count as the same motion; 1 where one counts, 0 where it is a repetition. */
export interface Positives {
  /** (N, R), the key's column 0 first. */
  readonly columns: Tensor
  /** (N, R). */
  readonly weights: Tensor
}

/**
 * The key and, for every branch, the `topk` columns of the queue that are most similar.
 * @param branches similarities (N, 1 + K) of the views of a clip, the key's first
 */
export function nearestPositives(branches: readonly Tensor[], topk: number): Positives {
  const [N, columns] = branches[0].shape
  const nearest = branches.map((logits) => {
    const { indices } = topK(slice(stopGradient(logits), 1, 1, columns), topk)
    return add(cast(indices, 'i32'), 1)
  })
  const key = constant(new Int32Array(N), [N, 1])
  const all = concat([key, ...nearest], 1)
  const R = all.shape[1]
  const earlier = Float32Array.from({ length: R * R }, (_, i) => (i % R < Math.floor(i / R) ? 1 : 0))
  const same = cast(equal(reshape(all, [N, R, 1]), reshape(all, [N, 1, R])), 'f32')
  const repetitions = reshape(sum(multiply(same, constant(earlier, [1, R, R])), [2]), [N, R])
  return { columns: all, weights: subtract(1, cast(greater(repetitions, 0), 'f32')) }
}

/** InfoNCE with several positives: -mean over samples of the mean log softmax over the columns that count. */
export function multiplePositivesLoss(logits: Tensor, { columns, weights }: Positives): Tensor {
  const picked = multiply(gatherElements(logSoftmax(logits), columns, 1), weights)
  return negate(mean(divide(sum(picked, [1]), sum(weights, [1]))))
}
