import {
  BatchNorm,
  type BatchNormOptions,
  batchNorm,
  type Initializer,
  Module,
  pointwise,
  Sequential,
} from '../../../nn/index.ts'
import { concat, relu, type Tensor } from '../../../tensor/index.ts'
import { branchWidths } from './branch-widths.ts'
import { pool } from './mstcn.ts'
import { reduceTogether } from './temporal-branches.ts'
import { UnitTcn } from './unit-tcn.ts'

export interface BranchedTcnOptions {
  readonly kernel: number
  /** One convolution per dilation. */
  readonly dilations: readonly number[]
  readonly stride: number
  readonly normOptions?: BatchNormOptions
  /** First values of the convolutions. */
  readonly initialWeight?: Initializer
  readonly initialBias?: Initializer
}

/**
 * The branches of MS-G3D's multi-scale temporal convolution (section 3.4), which CTR-GCN took over: dilated
 * convolutions, a max pooling and a 1x1 convolution, each with its own batch normalisation at the end. The last branch
 * takes the channels that the division leaves.
 */
export abstract class BranchedTcn extends Module {
  readonly branches: readonly Sequential[]
  private readonly stride: number

  constructor(inChannels: number, outChannels: number, options: BranchedTcnOptions) {
    super()
    const { kernel, dilations, stride, normOptions, ...initial } = options
    const norm = (channels: number) => new BatchNorm(channels, normOptions)
    const { narrow, rest } = branchWidths(outChannels, dilations.length + 2)
    const dilated = dilations.map(
      (dilation) =>
        new Sequential(
          pointwise(inChannels, narrow, initial),
          norm(narrow),
          relu,
          new UnitTcn(narrow, narrow, { kernel, stride, dilation, normOptions, ...initial }),
        ),
    )
    const pooled = new Sequential(
      pointwise(inChannels, narrow, initial),
      norm(narrow),
      relu,
      (x) => pool(x, stride),
      norm(narrow),
    )
    const plain = new Sequential(pointwise(inChannels, rest, { stride: [stride, 1], ...initial }), norm(rest))
    this.branches = [...dilated, pooled, plain]
    this.stride = stride
  }

  /** x (N, C, T, V) to (N, O, ceil(T / stride), V). The final normalisations are one over the joined channels. */
  protected joinedBranches(x: Tensor): Tensor {
    const reducing = this.branches.slice(0, -1)
    const pooled = reducing[reducing.length - 1]
    const plain = this.branches[this.branches.length - 1]
    const reduced = reduceTogether(x, reducing)
    const tails = reducing.slice(0, -1).map((branch) => branch.at(3) as UnitTcn)
    const parts = tails.map((tail, i) => tail.conv.forward(reduced[i]))
    parts.push(pool(reduced[tails.length], this.stride))
    parts.push(plain.at(0).forward(x))
    const norms = [...tails.map((tail) => tail.bn!), pooled.at(4), plain.at(1)] as BatchNorm[]
    return batchNorm(concat(parts, 1), norms)
  }
}
