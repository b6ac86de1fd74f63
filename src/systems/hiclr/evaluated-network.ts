import { OssatureError } from '../../errors.ts'
import type { Encoder } from '../../models/encoder.ts'
import { Linear, Module } from '../../nn/index.ts'
import type { Tensor } from '../../tensor/index.ts'

/** An encoder with a linear classifier. Names are those of the authors' state dict. */
export class EvaluatedNetwork extends Module {
  readonly encoder_q: Encoder

  constructor(encoder: Encoder) {
    super()
    this.encoder_q = encoder
  }

  get head(): Linear {
    const { head } = this.encoder_q
    if (head instanceof Linear) return head
    throw new OssatureError('the encoder has no linear classifier', { where: 'HiCLR' })
  }

  /** clip (N, M, T, V, C) to the features in front of the classifier (N, width). */
  features(clip: Tensor): Tensor {
    return this.encoder_q.features(clip)
  }

  /** clip (N, M, T, V, C) to logits (N, classes). */
  forward(clip: Tensor): Tensor {
    return this.encoder_q.forward(clip)
  }
}
