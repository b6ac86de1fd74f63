import { convolution, read, type Tensor } from '../tensor/index.ts'
import { frameworkBias, frameworkWeight, type Initializer } from './initialization.ts'
import { Module, Parameter } from './module.ts'

export interface Conv2dOptions {
  readonly stride?: readonly [number, number]
  readonly padding?: readonly [number, number]
  readonly dilation?: readonly [number, number]
  readonly groups?: number
  readonly bias?: boolean
  readonly initialWeight?: Initializer
  readonly initialBias?: Initializer
}

/** 2-D convolution of (N, C, H, W); skeleton networks use (N, C, T, V) with kernels (k, 1). */
export class Conv2d extends Module {
  readonly weight: Parameter
  readonly bias?: Parameter
  readonly stride: readonly [number, number]
  readonly padding: readonly [number, number]
  readonly dilation: readonly [number, number]
  readonly groups: number

  constructor(inChannels: number, outChannels: number, kernel: readonly [number, number], options: Conv2dOptions = {}) {
    super()
    const { stride = [1, 1], padding = [0, 0], dilation = [1, 1], groups = 1, bias = true } = options
    const fanIn = (inChannels / groups) * kernel[0] * kernel[1]
    this.weight = new Parameter([outChannels, inChannels / groups, ...kernel], options.initialWeight ?? frameworkWeight)
    if (bias) this.bias = new Parameter([outChannels], options.initialBias ?? frameworkBias(fanIn))
    this.stride = stride
    this.padding = padding
    this.dilation = dilation
    this.groups = groups
  }

  forward(x: Tensor): Tensor {
    return convolution(x, read(this.weight), this.bias && read(this.bias), {
      strides: this.stride,
      padding: [...this.padding, ...this.padding],
      dilations: this.dilation,
      groups: this.groups,
    })
  }
}

/** A 1x1 convolution: the same linear map of the channels at every frame and joint. */
export function pointwise(inChannels: number, outChannels: number, options: Conv2dOptions = {}): Conv2d {
  return new Conv2d(inChannels, outChannels, [1, 1], options)
}
