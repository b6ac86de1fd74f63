import type { Module } from '../../nn/index.ts'
import type { Tensor } from '../../tensor/index.ts'

/** The part of a recogniser that turns volumes of heatmaps into features. */
export interface Backbone3d extends Module {
  /** Channels of the features. */
  readonly outChannels: number
  /** x (N, C, T, H, W) to features (N, outChannels, T', H', W'). */
  forward(x: Tensor): Tensor
}
