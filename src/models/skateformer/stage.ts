import { BatchNorm, Conv2d, Module } from '../../nn/index.ts'
import type { Tensor } from '../../tensor/index.ts'
import type { SkateTransformer } from './skate-transformer.ts'

/** Half the frames: a convolution over time with stride 2 and a normalisation. */
export class Downsampling extends Module {
  readonly reduction: Conv2d
  readonly bn: BatchNorm

  constructor(inChannels: number, outChannels: number, kernelSize: number) {
    super()
    const window = { stride: [2, 1], padding: [(kernelSize - 1) / 2, 0] } as const
    this.reduction = new Conv2d(inChannels, outChannels, [kernelSize, 1], window)
    this.bn = new BatchNorm(outChannels)
  }

  /** x (B, C, T, W) to (B, C', T / 2, W). */
  forward(x: Tensor): Tensor {
    return this.bn.forward(this.reduction.forward(x))
  }
}

/** A transformer block, at the beginning of a later stage with a downsampling in front. */
export class SkateFormerBlock extends Module {
  readonly downsample?: Downsampling
  readonly transformer: SkateTransformer

  constructor(transformer: SkateTransformer, downsample?: Downsampling) {
    super()
    if (downsample) this.downsample = downsample
    this.transformer = transformer
  }

  forward(x: Tensor): Tensor {
    return this.transformer.forward(this.downsample ? this.downsample.forward(x) : x)
  }
}

/** Blocks of one width and length. */
export class Stage extends Module {
  readonly blocks: readonly SkateFormerBlock[]

  constructor(blocks: readonly SkateFormerBlock[]) {
    super()
    this.blocks = blocks
  }

  forward(x: Tensor): Tensor {
    return this.blocks.reduce((t, block) => block.forward(t), x)
  }
}
