import type { Conv2d, Parameter } from '../../nn/index.ts'
import { add, expand, full, multiply, read, type Tensor, tanh } from '../../tensor/index.ts'
import { embeddedSimilarities } from '../blocks/attention/joint-similarity.ts'

/** What an attention map of DSTA-Net is made of; any may be absent. */
export interface MapParts {
  /** Embeds what is compared: for K subsets, K queries and then K keys. */
  readonly compare?: Conv2d
  /** (1, K, 1, 1). */
  readonly factors?: Parameter
  /** A trained map (1, K, V, V). */
  readonly own?: Parameter
}

/** tanh(queryᵀ key / their number) * factor + own map: x (N, C, T, V) to (N, K, V, V). */
export function attentionMap(x: Tensor, { compare, factors, own }: MapParts, subsets: number): Tensor {
  const [N, , , V] = x.shape
  const shape = [N, subsets, V, V]
  if (!compare || !factors) return own ? expand(read(own), shape) : full(shape, 0)
  const compared = multiply(tanh(embeddedSimilarities(compare.forward(x), subsets)), read(factors))
  return own ? add(compared, read(own)) : compared
}
