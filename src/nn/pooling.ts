import { adaptiveAveragePool, averagePool, maxPool, type Shape, type Tensor } from '../tensor/index.ts'
import { Module } from './module.ts'

export interface PoolOptions {
  /** Per spatial axis; the window when absent. */
  readonly stride?: Shape
  /** Entries in front of and behind every spatial axis; default 0. */
  readonly padding?: Shape
  /** Whether windows may go beyond the end, if they start within the input or the padding before it; default false. */
  readonly ceilMode?: boolean
}

export interface MaxPoolLayerOptions extends PoolOptions {
  /** Distance of the entries of a window; default 1. */
  readonly dilation?: Shape
}

export interface AveragePoolLayerOptions extends PoolOptions {
  /** Whether padding counts in the mean, as zeros; it does by default. */
  readonly countIncludePad?: boolean
}

/** Largest value of every window of (N, C, ...), as PyTorch's MaxPool1d/2d/3d. */
export class MaxPool extends Module {
  private readonly kernel: Shape
  private readonly options: MaxPoolLayerOptions

  constructor(kernel: Shape, options: MaxPoolLayerOptions = {}) {
    super()
    this.kernel = kernel
    this.options = options
  }

  forward(x: Tensor): Tensor {
    const { stride, padding, dilation: dilations, ceilMode } = this.options
    return maxPool(x, this.kernel, stride, padding && [...padding, ...padding], { dilations, ceilMode })
  }
}

/** Mean of every window of (N, C, ...), as PyTorch's AvgPool1d/2d/3d. */
export class AveragePool extends Module {
  private readonly kernel: Shape
  private readonly options: AveragePoolLayerOptions

  constructor(kernel: Shape, options: AveragePoolLayerOptions = {}) {
    super()
    this.kernel = kernel
    this.options = options
  }

  forward(x: Tensor): Tensor {
    const { stride, padding, ceilMode, countIncludePad } = this.options
    return averagePool(x, this.kernel, stride, padding && [...padding, ...padding], { ceilMode, countIncludePad })
  }
}

/** Means over windows that divide every spatial axis of (N, C, ...), as PyTorch's AdaptiveAvgPool1d/2d/3d. */
export class AdaptiveAveragePool extends Module {
  private readonly sizes: Shape

  constructor(sizes: Shape) {
    super()
    this.sizes = sizes
  }

  forward(x: Tensor): Tensor {
    return adaptiveAveragePool(x, this.sizes)
  }
}
