import { type BatchNorm, type Forward, type Identity, Module } from '../nn/index.ts'
import type { Tensor } from '../tensor/index.ts'
import { normalizedInput } from './blocks/data-norm.ts'
import { lastWidth, type Stage } from './blocks/stages.ts'
import type { StagedBackbone } from './staged-backbone.ts'

/** A backbone of nothing but a normalisation of the input and blocks one after the other. */
export abstract class BlockBackbone extends Module implements StagedBackbone {
  readonly stages: readonly Stage[]
  readonly outChannels: number
  abstract readonly data_bn: BatchNorm | Identity

  constructor(inChannels: number, stages: readonly Stage[]) {
    super()
    this.stages = stages
    this.outChannels = lastWidth(inChannels, stages)
  }

  /** The blocks in their order, one for each stage. */
  protected abstract sequence(): readonly Forward[]

  /** x (N, M, T, V, C) to (N * M, outChannels, T', V). */
  forward(x: Tensor): Tensor {
    return this.sequence().reduce((t, block) => block.forward(t), normalizedInput(x, this.data_bn))
  }

  forwardStages(x: Tensor): Tensor[] {
    let features = normalizedInput(x, this.data_bn)
    return this.sequence().map((block) => {
      features = block.forward(features)
      return features
    })
  }
}
