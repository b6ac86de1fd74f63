import { BatchNorm, Conv3d, type Conv3dOptions, kaimingNormalFanOut, Module } from '../../nn/index.ts'
import { relu, type Tensor } from '../../tensor/index.ts'

type Axes = readonly [time: number, height: number, width: number]

/** 3-D convolution without bias and batch normalisation, with a ReLU or without (MMCV `ConvModule`). */
export class ConvModule extends Module {
  readonly conv: Conv3d
  readonly bn: BatchNorm

  constructor(inChannels: number, outChannels: number, kernel: Axes, options: Conv3dOptions = {}) {
    super()
    this.conv = new Conv3d(inChannels, outChannels, kernel, {
      bias: false,
      initialWeight: kaimingNormalFanOut,
      ...options,
    })
    this.bn = new BatchNorm(outChannels)
  }

  /** x (N, C, T, H, W) to (N, O, T', H', W'). */
  forward(x: Tensor): Tensor {
    return this.bn.forward(this.conv.forward(x))
  }
}

/** The same with a ReLU at the end. */
export class ActivatedConvModule extends ConvModule {
  override forward(x: Tensor): Tensor {
    return relu(super.forward(x))
  }
}
