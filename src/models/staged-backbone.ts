import type { Module } from '../nn/index.ts'
import type { Tensor } from '../tensor/index.ts'
import type { Backbone } from './backbone.ts'
import type { Stage } from './blocks/stages.ts'

/** A backbone of blocks one after the other, whose outputs can be had on the way. */
export interface StagedBackbone extends Backbone {
  /** What each block is built for, in their order. */
  readonly stages: readonly Stage[]
  /** x (N, M, T, V, C) to the features after every block, (N * M, C', T', V); the last ones are those of `forward`. */
  forwardStages(x: Tensor): Tensor[]
}

/** Whether a backbone gives the outputs of its blocks. */
export function isStaged(backbone: Backbone): backbone is StagedBackbone {
  return 'forwardStages' in backbone
}

/** A classifier on such a backbone. */
export interface StagedClassifier extends Module {
  readonly backbone: StagedBackbone
  /** x (N, M, T, V, C) to logits (N, classes). */
  forward(x: Tensor): Tensor
  /** The backbone's last features (N * persons, C, T, V) to logits (N, classes). */
  classify(features: Tensor, persons: number): Tensor
}

/** Channels and frames after every block of clips of `frames` frames. */
export function stageShapes(stages: readonly Stage[], frames: number): { channels: number; frames: number }[] {
  let length = frames
  return stages.map(({ outChannels, stride }) => {
    length = Math.ceil(length / stride)
    return { channels: outChannels, frames: length }
  })
}
