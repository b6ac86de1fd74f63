import { Conv2d, Linear, normal, pointwise } from '../../nn/index.ts'
import { reshape, type Tensor } from '../../tensor/index.ts'
import type { Backbone } from '../backbone.ts'
import { Encoder } from '../encoder.ts'
import { meanOfClips } from '../gcn-head.ts'

/** What the authors call their last layer: a linear layer `fc`, or in ST-GCN a 1x1 convolution `fcn`. */
export type ClassifierName = 'fc' | 'fcn'

export interface OriginalClassifierOptions {
  readonly layerName?: ClassifierName
  /** Probability of dropout in front of the last layer; default 0. */
  readonly dropOut?: number
}

/**
 * A network in its authors' form: mean over frames, joints and persons, dropout, then a classifier, all in one state
 * dict.
 */
export class OriginalClassifier<B extends Backbone = Backbone> extends Encoder<Linear | Conv2d> {
  declare readonly backbone: B

  constructor(backbone: B, classes: number, { layerName = 'fc', dropOut }: OriginalClassifierOptions = {}) {
    const layer =
      layerName === 'fcn'
        ? pointwise(backbone.outChannels, classes)
        : new Linear(backbone.outChannels, classes, normal(0, Math.sqrt(2 / classes)))
    super(backbone, layer, { headName: layerName, dropout: dropOut })
  }

  /** x (N, M, T, V, C) to logits (N, classes). A second input of classifiers is of another kind, so there is no `alter`. */
  override forward(x: Tensor): Tensor {
    return this.classify(this.backbone.forward(x), x.shape[1])
  }

  /** The backbone's features (N * persons, C, T, V) to logits (N, classes). */
  classify(features: Tensor, persons: number): Tensor {
    const pooled = this.drop.forward(meanOfClips(features, persons))
    if (!(this.head instanceof Conv2d)) return this.head.forward(pooled)
    const [N, C] = pooled.shape
    return reshape(this.head.forward(reshape(pooled, [N, C, 1, 1])), [N, -1])
  }
}
