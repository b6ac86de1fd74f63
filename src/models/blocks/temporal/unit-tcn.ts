import { BatchNorm, type BatchNormOptions, Conv2d, type Initializer, Module } from '../../../nn/index.ts'
import { dropout, type Tensor } from '../../../tensor/index.ts'
import type { Stage } from '../stages.ts'

export interface UnitTcnOptions {
  readonly kernel?: number
  readonly stride?: number
  readonly dilation?: number
  /** Whether batch normalisation follows the convolution. */
  readonly norm?: boolean
  readonly normOptions?: BatchNormOptions
  /** Probability of dropout at the end; default 0. */
  readonly dropout?: number
  readonly initialWeight?: Initializer
  readonly initialBias?: Initializer
}

/** Convolution over time, kernel (k, 1), padded to keep the length at stride 1; batch normalisation, dropout. */
export class UnitTcn extends Module {
  readonly conv: Conv2d
  readonly bn?: BatchNorm
  private readonly dropout: number

  constructor(inChannels: number, outChannels: number, options: UnitTcnOptions = {}) {
    super()
    const { kernel = 9, stride = 1, dilation = 1, norm = true, initialWeight, initialBias } = options
    const reach = kernel + (kernel - 1) * (dilation - 1)
    this.conv = new Conv2d(inChannels, outChannels, [kernel, 1], {
      stride: [stride, 1],
      padding: [Math.floor((reach - 1) / 2), 0],
      dilation: [dilation, 1],
      initialWeight,
      initialBias,
    })
    if (norm) this.bn = new BatchNorm(outChannels, options.normOptions)
    this.dropout = options.dropout ?? 0
  }

  forward(x: Tensor): Tensor {
    const y = this.conv.forward(x)
    return dropout(this.bn ? this.bn.forward(y) : y, this.dropout)
  }
}

/** The projection of a block's residual path: a 1x1 convolution with the block's stride, and normalisation. */
export function projectionTcn(stage: Stage, options: UnitTcnOptions = {}): UnitTcn {
  return new UnitTcn(stage.inChannels, stage.outChannels, { ...options, kernel: 1, stride: stage.stride })
}
