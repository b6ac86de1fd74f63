import { Module } from '../nn/index.ts'
import type { Tensor } from '../tensor/index.ts'
import type { Backbone } from './backbone.ts'
import { GcnHead } from './gcn-head.ts'

/** A backbone with a classification head, as PYSKL names them. */
export class Recognizer extends Module {
  readonly backbone: Backbone
  readonly cls_head: GcnHead

  constructor(backbone: Backbone, classes: number) {
    super()
    this.backbone = backbone
    this.cls_head = new GcnHead(backbone.outChannels, classes)
  }

  /** x (N, M, T, V, C) to logits (N, classes). */
  forward(x: Tensor): Tensor {
    return this.cls_head.forward(this.backbone.forward(x), x.shape[1])
  }
}
