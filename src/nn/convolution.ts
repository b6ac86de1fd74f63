import { OssatureError } from '../errors.ts'
import {
  type ConvolutionOptions,
  convolution,
  read,
  type Shape,
  sizeOf,
  type Tensor,
  transposedConvolution,
} from '../tensor/index.ts'
import { frameworkBias, frameworkWeight, type Initializer } from './initialization.ts'
import { Module, Parameter } from './module.ts'

/** `Axes`: a number per spatial axis; just a number where there is one axis. */
export interface ConvOptions<Axes extends number | Shape> {
  /** Default 1. */
  readonly stride?: Axes
  /** Zeros before and behind every axis; of a transposed convolution, entries that are cut off there. Default 0. */
  readonly padding?: Axes
  /** Distance of the taps; default 1. */
  readonly dilation?: Axes
  /** Parts of the channels that are convolved each for itself; default 1. */
  readonly groups?: number
  /** Whether every output channel has an offset; default true. */
  readonly bias?: boolean
  /** First values, uniform within 1 / sqrt(fan in) by default. */
  readonly initialWeight?: Initializer
  readonly initialBias?: Initializer
}

type Axes2 = readonly [number, number]
type Axes3 = readonly [number, number, number]

export interface Conv1dOptions extends ConvOptions<number> {}
export interface Conv2dOptions extends ConvOptions<Axes2> {}
export interface Conv3dOptions extends ConvOptions<Axes3> {}

/** Weight, bias and window of a convolution of any number of axes; first values as PyTorch's. */
abstract class Convolution<Axes extends number | Shape> extends Module {
  readonly weight: Parameter
  readonly bias?: Parameter
  protected readonly window: ConvolutionOptions

  /** `weightChannels`: the first two axes of the weight, the second of them before it is divided by the groups. */
  constructor(weightChannels: Axes2, outChannels: number, kernel: Axes, options: ConvOptions<Axes>) {
    super()
    const { groups = 1, bias = true, stride, padding, dilation } = options
    if (weightChannels.some((n) => n % groups !== 0)) {
      throw new OssatureError('the channels of a convolution do not fall into equal groups', {
        expected: `multiples of ${groups}`,
        found: weightChannels.join(' and '),
      })
    }
    const shape = [weightChannels[0], weightChannels[1] / groups, ...axesOf(kernel)]
    this.weight = new Parameter(shape, options.initialWeight ?? frameworkWeight)
    if (bias) this.bias = new Parameter([outChannels], options.initialBias ?? frameworkBias(sizeOf(shape.slice(1))))
    const [strides, ends, dilations] = [stride, padding, dilation].map((n) => (n === undefined ? n : axesOf(n)))
    this.window = { strides, padding: ends && [...ends, ...ends], dilations, groups }
  }
}

function axesOf(axes: number | Shape): Shape {
  return typeof axes === 'number' ? [axes] : axes
}

abstract class PlainConvolution<Axes extends number | Shape> extends Convolution<Axes> {
  constructor(inChannels: number, outChannels: number, kernel: Axes, options: ConvOptions<Axes> = {}) {
    super([outChannels, inChannels], outChannels, kernel, options)
  }

  forward(x: Tensor): Tensor {
    return convolution(x, read(this.weight), this.bias && read(this.bias), this.window)
  }
}

/** 1-D convolution of (N, C, L). */
export class Conv1d extends PlainConvolution<number> {}

/** 2-D convolution of (N, C, H, W); skeleton networks use (N, C, T, V) with kernels (k, 1). */
export class Conv2d extends PlainConvolution<Axes2> {}

/** 3-D convolution of (N, C, T, H, W). */
export class Conv3d extends PlainConvolution<Axes3> {}

/** A 1x1 convolution: the same linear map of the channels at every frame and joint. */
export function pointwise(inChannels: number, outChannels: number, options: Conv2dOptions = {}): Conv2d {
  return new Conv2d(inChannels, outChannels, [1, 1], options)
}

export interface ConvTransposeOptions<Axes extends number | Shape> extends ConvOptions<Axes> {
  /** Entries more behind every axis; below stride or dilation. */
  readonly outputPadding?: Axes
}

abstract class TransposedConvolution<Axes extends number | Shape> extends Convolution<Axes> {
  private readonly outputPadding?: Shape

  constructor(inChannels: number, outChannels: number, kernel: Axes, options: ConvTransposeOptions<Axes> = {}) {
    super([inChannels, outChannels], outChannels, kernel, options)
    if (options.outputPadding !== undefined) this.outputPadding = axesOf(options.outputPadding)
  }

  forward(x: Tensor): Tensor {
    const options = { ...this.window, outputPadding: this.outputPadding }
    return transposedConvolution(x, read(this.weight), this.bias && read(this.bias), options)
  }
}

/** Transposed 1-D convolution of (N, C, L). */
export class ConvTranspose1d extends TransposedConvolution<number> {}

/** Transposed 2-D convolution of (N, C, H, W). */
export class ConvTranspose2d extends TransposedConvolution<Axes2> {}

/** Transposed 3-D convolution of (N, C, T, H, W). */
export class ConvTranspose3d extends TransposedConvolution<Axes3> {}
