import { Module } from '../../nn/index.ts'
import { add, relu, type Tensor } from '../../tensor/index.ts'
import { ActivatedConvModule, ConvModule } from './conv-module.ts'

export interface Bottleneck3dOptions {
  readonly time?: number
  readonly space?: number
  /** Whether the first convolution looks at three frames. */
  readonly inflated?: boolean
}

/** Residual block of a narrowing, a spatial and a widening convolution; the spatial one has the strides of time and space. */
export class Bottleneck3d extends Module {
  static readonly expansion = 4
  readonly outChannels: number
  readonly conv1: ConvModule
  readonly conv2: ConvModule
  readonly conv3: ConvModule
  readonly downsample?: ConvModule

  constructor(inChannels: number, planes: number, options: Bottleneck3dOptions = {}) {
    super()
    const { time = 1, space = 1, inflated = false } = options
    this.outChannels = planes * Bottleneck3d.expansion
    this.conv1 = inflated
      ? new ActivatedConvModule(inChannels, planes, [3, 1, 1], { padding: [1, 0, 0] })
      : new ActivatedConvModule(inChannels, planes, [1, 1, 1])
    this.conv2 = new ActivatedConvModule(planes, planes, [1, 3, 3], {
      stride: [time, space, space],
      padding: [0, 1, 1],
    })
    this.conv3 = new ConvModule(planes, this.outChannels, [1, 1, 1])
    // A stride of time alone calls for no projection in the original.
    if (space !== 1 || inChannels !== this.outChannels) {
      this.downsample = new ConvModule(inChannels, this.outChannels, [1, 1, 1], { stride: [time, space, space] })
    }
  }

  /** x (N, C, T, H, W) to (N, outChannels, T', H', W'). */
  forward(x: Tensor): Tensor {
    const residual = this.downsample ? this.downsample.forward(x) : x
    return relu(add(this.conv3.forward(this.conv2.forward(this.conv1.forward(x))), residual))
  }
}
