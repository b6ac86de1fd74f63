import { OssatureError } from '../errors.ts'
import { layerNormalization, read, reshape, shapeError, sizeOf, type Tensor } from '../tensor/index.ts'
import { ones, zeros } from './initialization.ts'
import { Module, Parameter } from './module.ts'
import { affine } from './standardize.ts'

export interface GroupNormOptions {
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number
  /** Whether the result is scaled and shifted per channel; default true. */
  readonly affine?: boolean
}

/** Normalisation of (N, C, ...) over groups of channels of each sample (Wu and He 2018), as PyTorch's GroupNorm. */
export class GroupNorm extends Module {
  readonly weight?: Parameter
  readonly bias?: Parameter
  readonly groups: number
  readonly channels: number
  readonly epsilon: number

  /** @throws OssatureError when the groups do not divide the channels */
  constructor(groups: number, channels: number, { epsilon = 1e-5, affine = true }: GroupNormOptions = {}) {
    super()
    if (!(groups >= 1) || channels % groups !== 0) {
      throw new OssatureError('the groups of a normalisation do not divide its channels', {
        expected: `a divisor of ${channels}`,
        found: `${groups} groups`,
      })
    }
    this.groups = groups
    this.channels = channels
    this.epsilon = epsilon
    if (!affine) return
    this.weight = new Parameter([channels], ones)
    this.bias = new Parameter([channels], zeros)
  }

  forward(x: Tensor): Tensor {
    if (x.rank < 2 || x.shape[1] !== this.channels) throw shapeError('GroupNorm', [x], `x (N, ${this.channels}, ...)`)
    const [batch] = x.shape
    const grouped = reshape(x, [batch, this.groups, sizeOf(x.shape) / (batch * this.groups)])
    const y = reshape(layerNormalization(grouped, [grouped.shape[2]], { epsilon: this.epsilon }), x.shape)
    return this.weight && this.bias ? affine(y, read(this.weight), read(this.bias)) : y
  }
}
