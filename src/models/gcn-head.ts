import { Linear, Module, normal, zeros } from '../nn/index.ts'
import { dropout, mean, reshape, type Tensor } from '../tensor/index.ts'

/** Mean over frames and joints, then over persons, dropout, then a linear classifier (PYSKL `GCNHead`). */
export class GcnHead extends Module {
  readonly fc_cls: Linear
  private readonly dropout: number

  /** `dropout`: probability of dropout of the pooled features. */
  constructor(inChannels: number, classes: number, dropout = 0) {
    super()
    this.fc_cls = new Linear(inChannels, classes, normal(0, 0.01), zeros)
    this.dropout = dropout
  }

  /** Features (N * M, C, T, V) to logits (N, classes). */
  forward(features: Tensor, persons: number): Tensor {
    return this.fc_cls.forward(dropout(meanOfClips(features, persons), this.dropout))
  }
}

/**
 * Features (N * M, C, T, V) to their mean over frames, joints and persons (N, C). An absent, zero-padded person is
 * averaged in too.
 */
export function meanOfClips(features: Tensor, persons: number): Tensor {
  const [NM, C] = features.shape
  const pooled = reshape(mean(features, [2, 3]), [NM / persons, persons, C])
  return reshape(mean(pooled, [1]), [NM / persons, C])
}
