import { Linear, Module, normal, zeros } from '../../nn/index.ts'
import { dropout, mean, reshape, type Tensor } from '../../tensor/index.ts'

/** Mean over frames and space, dropout, then a linear classifier (PYSKL `I3DHead`). */
export class I3dHead extends Module {
  readonly fc_cls: Linear
  private readonly dropout: number

  /** `dropout`: the share of the pooled features that training sets to zero. */
  constructor(inChannels: number, classes: number, dropout = 0.5) {
    super()
    this.fc_cls = new Linear(inChannels, classes, normal(0, 0.01), zeros)
    this.dropout = dropout
  }

  /** Features (N, C, T, H, W) to logits (N, classes). */
  forward(features: Tensor): Tensor {
    const [N, C] = features.shape
    const pooled = reshape(mean(features, [2, 3, 4]), [N, C])
    return this.fc_cls.forward(dropout(pooled, this.dropout))
  }
}
