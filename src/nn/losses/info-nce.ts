import {
  concat,
  constant,
  matmul,
  multiply,
  reshape,
  shapeError,
  sum,
  swapLastAxes,
  type Tensor,
  normalize as toUnitLength,
  unsqueeze,
} from '../../tensor/index.ts'
import { requireOption } from '../require-option.ts'
import { crossEntropy } from './cross-entropy.ts'
import { type ReductionOptions, requireSameShape } from './reduction.ts'

export interface InfoNceOptions extends ReductionOptions {
  /** Divides the similarities; above 0, default 0.1. */
  readonly temperature?: number
  /** Whether vectors are divided by their length first, so that similarities are cosines; default true. */
  readonly normalize?: boolean
}

/**
 * Contrastive loss InfoNCE (van den Oord et al. 2018): cross entropy of the similarities of each query with its
 * positive against those with the negatives.
 * @param queries (N, D)
 * @param positives (N, D)
 * @param negatives (M, D) for all queries, as of a memory queue, or (N, M, D) by query; when absent, the positives of
 *   the other queries
 */
export function infoNce(
  queries: Tensor,
  positives: Tensor,
  negatives?: Tensor,
  { temperature = 0.1, normalize = true, reduction }: InfoNceOptions = {},
): Tensor {
  requireSameShape('infoNce', queries, positives)
  if (queries.rank !== 2) throw shapeError('infoNce', [queries], 'queries (N, D)')
  requireOption(temperature > 0, 'infoNce', 'temperature', 'a number above 0', temperature)
  const unit = (x: Tensor) => (normalize ? toUnitLength(x, -1) : x)
  const query = multiply(unit(queries), 1 / temperature)
  const positive = unit(positives)
  const [count] = queries.shape
  if (!negatives) {
    return crossEntropy(
      matmul(query, swapLastAxes(positive)),
      labels(count, (i) => i),
      { reduction },
    )
  }
  const scores = [sum(multiply(query, positive), [1]), similarities(query, unit(negatives))]
  return crossEntropy(
    concat(scores, 1),
    labels(count, () => 0),
    { reduction },
  )
}

/** Products of each query (N, D) with the negatives: (N, M). */
function similarities(query: Tensor, negatives: Tensor): Tensor {
  const [count, size] = query.shape
  const fits = negatives.shape.at(-1) === size && (negatives.rank === 2 || negatives.shape[0] === count)
  if (!fits || negatives.rank > 3) throw shapeError('infoNce', [query, negatives], 'negatives (M, D) or (N, M, D)')
  if (negatives.rank === 2) return matmul(query, swapLastAxes(negatives))
  return reshape(matmul(unsqueeze(query, 1), swapLastAxes(negatives)), [count, negatives.shape[1]])
}

function labels(count: number, of: (i: number) => number): Tensor {
  return constant(
    Int32Array.from({ length: count }, (_, i) => of(i)),
    [count],
  )
}
