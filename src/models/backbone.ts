import type { Module } from '../nn/index.ts'
import type { Tensor } from '../tensor/index.ts'

/** The part of a recogniser that turns motion into features. */
export interface Backbone extends Module {
  /** Channels of the features. */
  readonly outChannels: number
  /** x (N, M, T, V, C) to features (N * M, outChannels, T', V). */
  forward(x: Tensor): Tensor
}
