import { Conv2d, Linear, Module, normal, pointwise } from '../../nn/index.ts'
import { reshape, type Tensor, type Variable } from '../../tensor/index.ts'
import type { Backbone } from '../backbone.ts'
import { meanOfClips } from '../gcn-head.ts'

/** What the authors call their last layer: a linear layer `fc`, or in ST-GCN a 1x1 convolution `fcn`. */
export type ClassifierName = 'fc' | 'fcn'

/** A network in its authors' form: mean over frames, joints and persons, then a classifier, all in one state dict. */
export class OriginalClassifier extends Module {
  readonly backbone: Backbone
  private readonly layer: Linear | Conv2d
  private readonly layerName: ClassifierName

  constructor(backbone: Backbone, classes: number, layerName: ClassifierName = 'fc') {
    super()
    this.backbone = backbone
    this.layerName = layerName
    this.layer =
      layerName === 'fcn'
        ? pointwise(backbone.outChannels, classes)
        : new Linear(backbone.outChannels, classes, normal(0, Math.sqrt(2 / classes)))
  }

  override *variables(prefix = ''): Generator<[string, Variable]> {
    yield* this.backbone.variables(prefix)
    yield* this.layer.variables(`${prefix}${this.layerName}.`)
  }

  override *parts(): Generator<[string, Module]> {
    yield* this.backbone.parts()
    yield [this.layerName, this.layer]
  }

  /** x (N, M, T, V, C) to logits (N, classes). */
  forward(x: Tensor): Tensor {
    const pooled = meanOfClips(this.backbone.forward(x), x.shape[1])
    if (!(this.layer instanceof Conv2d)) return this.layer.forward(pooled)
    const [N, C] = pooled.shape
    return reshape(this.layer.forward(reshape(pooled, [N, C, 1, 1])), [N, -1])
  }
}
