import { Module } from '../nn/index.ts'
import type { Tensor } from '../tensor/index.ts'
import type { Backbone } from './backbone.ts'
import { GcnHead } from './gcn-head.ts'

/** A backbone with a classification head, as PYSKL names them. */
export class Recognizer<B extends Backbone = Backbone> extends Module {
  readonly backbone: B
  readonly cls_head: GcnHead

  /** `dropout`: probability of dropout in front of the linear classifier. */
  constructor(backbone: B, classes: number, dropout = 0) {
    super()
    this.backbone = backbone
    this.cls_head = new GcnHead(backbone.outChannels, classes, dropout)
  }

  /** x (N, M, T, V, C) to logits (N, classes). */
  forward(x: Tensor): Tensor {
    return this.classify(this.backbone.forward(x), x.shape[1])
  }

  /** The backbone's features (N * persons, C, T, V) to logits (N, classes). */
  classify(features: Tensor, persons: number): Tensor {
    return this.cls_head.forward(features, persons)
  }
}
