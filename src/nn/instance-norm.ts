import {
  add,
  isTraining,
  mean as meanOver,
  multiply,
  negate,
  read,
  reciprocal,
  reshape,
  shapeError,
  sizeOf,
  sqrt,
  type Tensor,
} from '../tensor/index.ts'
import { ones, zeros } from './initialization.ts'
import { Buffer, Module, Parameter } from './module.ts'
import { trackStatistics } from './running-statistics.ts'
import { affine, standardize } from './standardize.ts'

export interface InstanceNormOptions {
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number
  /** Share of the newest batch in the running statistics; default 0.1. */
  readonly momentum?: number
  /** Whether the result is scaled and shifted per channel; default false. */
  readonly affine?: boolean
  /** Whether evaluation takes statistics that training collected instead of those of each sample; default false. */
  readonly trackRunningStatistics?: boolean
}

/**
 * Normalisation of (N, C, ...) over all axes behind the channels, sample by sample (Ulyanov et al. 2016),
 * as PyTorch's InstanceNorm1d/2d/3d.
 */
export class InstanceNorm extends Module {
  readonly weight?: Parameter
  readonly bias?: Parameter
  readonly running_mean?: Buffer
  readonly running_var?: Buffer
  readonly channels: number
  readonly epsilon: number
  readonly momentum: number

  constructor(channels: number, options: InstanceNormOptions = {}) {
    super()
    this.channels = channels
    this.epsilon = options.epsilon ?? 1e-5
    this.momentum = options.momentum ?? 0.1
    if (options.affine) {
      this.weight = new Parameter([channels], ones)
      this.bias = new Parameter([channels], zeros)
    }
    if (options.trackRunningStatistics) {
      this.running_mean = new Buffer(new Float32Array(channels), [channels])
      this.running_var = new Buffer(new Float32Array(channels).fill(1), [channels])
    }
  }

  forward(x: Tensor): Tensor {
    if (x.rank < 3 || x.shape[1] !== this.channels) {
      throw shapeError('InstanceNorm', [x], `x (N, ${this.channels}, ...) with an axis behind the channels`)
    }
    const y = this.normalized(x)
    return this.weight && this.bias ? affine(y, read(this.weight), read(this.bias)) : y
  }

  private normalized(x: Tensor): Tensor {
    if (this.running_mean && this.running_var && !isTraining()) {
      const scale = reciprocal(sqrt(add(read(this.running_var), this.epsilon)))
      return affine(x, scale, negate(multiply(read(this.running_mean), scale)))
    }
    const axes = x.shape.map((_, axis) => axis).slice(2)
    const { output, mean, variance } = standardize(x, axes, this.epsilon)
    if (this.running_mean) {
      const overBatch = (t: Tensor) => reshape(meanOver(t, [0]), [this.channels])
      trackStatistics(this, overBatch(mean), overBatch(variance), sizeOf(x.shape) / (x.shape[0] * this.channels))
    }
    return output
  }
}
