import { Module } from '../../nn/index.ts'
import type { Tensor } from '../../tensor/index.ts'
import type { Backbone3d } from './backbone3d.ts'
import type { I3dHead } from './i3d-head.ts'

/** A backbone of heatmap volumes with a classification head, as PYSKL names them (`Recognizer3D`). */
export class Recognizer3d extends Module {
  readonly backbone: Backbone3d
  readonly cls_head: I3dHead

  constructor(backbone: Backbone3d, head: I3dHead) {
    super()
    this.backbone = backbone
    this.cls_head = head
  }

  /** x (N, V, T, H, W), one channel per joint or bone, to logits (N, classes). */
  forward(x: Tensor): Tensor {
    return this.cls_head.forward(this.backbone.forward(x))
  }
}
