import { OssatureError } from '../../errors.ts'
import { Module } from '../../nn/index.ts'
import { averagePool, type Tensor } from '../../tensor/index.ts'
import type { Backbone3d } from './backbone3d.ts'
import { ActivatedConvModule } from './conv-module.ts'

export interface C3dOptions {
  readonly inChannels?: number
  readonly baseChannels?: number
  /** 3 or 4; the fourth is one more pooling and two more convolutions. */
  readonly numStages?: number
  /** Whether all poolings but the first halve the frames, too. */
  readonly temporalDownsample?: boolean
}

/** C3D (Tran et al. 2015) with batch normalisation on volumes of joint heatmaps, as in PoseConv3D (Duan et al. 2022). */
export class C3d extends Module implements Backbone3d {
  readonly outChannels: number
  readonly conv1a: ActivatedConvModule
  readonly conv2a: ActivatedConvModule
  readonly conv3a: ActivatedConvModule
  readonly conv3b: ActivatedConvModule
  readonly conv4a: ActivatedConvModule
  readonly conv4b: ActivatedConvModule
  readonly conv5a?: ActivatedConvModule
  readonly conv5b?: ActivatedConvModule
  private readonly temporalDownsample: boolean

  constructor(options: C3dOptions = {}) {
    super()
    const { inChannels = 3, baseChannels = 64, numStages = 4, temporalDownsample = true } = options
    if (numStages !== 3 && numStages !== 4) {
      throw new OssatureError('C3D has no such number of stages', { expected: '3 or 4', found: String(numStages) })
    }
    this.outChannels = baseChannels * 8
    this.conv1a = convolution(inChannels, baseChannels)
    this.conv2a = convolution(baseChannels, baseChannels * 2)
    this.conv3a = convolution(baseChannels * 2, baseChannels * 4)
    this.conv3b = convolution(baseChannels * 4, baseChannels * 4)
    this.conv4a = convolution(baseChannels * 4, this.outChannels)
    this.conv4b = convolution(this.outChannels, this.outChannels)
    if (numStages === 4) {
      this.conv5a = convolution(this.outChannels, this.outChannels)
      this.conv5b = convolution(this.outChannels, this.outChannels)
    }
    this.temporalDownsample = temporalDownsample
  }

  /** x (N, C, T, H, W) to (N, outChannels, T', H', W'). */
  forward(x: Tensor): Tensor {
    const window = [this.temporalDownsample ? 2 : 1, 2, 2]
    const first = averagePool(this.conv1a.forward(x), [1, 2, 2])
    const second = averagePool(this.conv2a.forward(first), window)
    const third = averagePool(this.conv3b.forward(this.conv3a.forward(second)), window)
    const fourth = this.conv4b.forward(this.conv4a.forward(third))
    if (!this.conv5a || !this.conv5b) return fourth
    return this.conv5b.forward(this.conv5a.forward(averagePool(fourth, window)))
  }
}

function convolution(inChannels: number, outChannels: number): ActivatedConvModule {
  return new ActivatedConvModule(inChannels, outChannels, [3, 3, 3], { padding: [1, 1, 1] })
}
