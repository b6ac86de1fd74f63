import { BatchNorm, Conv2d, Module, pointwise, Sequential } from '../../../nn/index.ts'
import { concat, dropout, maxPool, relu, type Tensor } from '../../../tensor/index.ts'
import { branchWidths } from './branch-widths.ts'
import { reduceTogether } from './temporal-branches.ts'
import { UnitTcn } from './unit-tcn.ts'

/** A branch: a dilated convolution (kernel, dilation), a max pooling over a window of frames, or a 1x1 convolution. */
export type TemporalBranch =
  | readonly [kernel: number, dilation: number]
  | readonly [kind: 'max', window: number]
  | '1x1'

/** Four dilated 3x1 convolutions, a max pooling and a 1x1 convolution. */
const BRANCHES: readonly TemporalBranch[] = [[3, 1], [3, 2], [3, 3], [3, 4], ['max', 3], '1x1']

export interface MsTcnOptions {
  readonly branches?: readonly TemporalBranch[]
  /** Probability of dropout at the end; default 0. */
  readonly dropout?: number
}

/**
 * Multi-scale temporal convolution of ST-GCN++ (PYSKL `mstcn`): branches, each on a narrow 1x1 projection of the input,
 * joined and mixed. The first branch takes the channels that the division leaves.
 */
export class MsTcn extends Module {
  readonly branches: readonly (Sequential | Conv2d)[]
  /** What a branch does behind its projection. */
  private readonly tails = new Map<Sequential, (reduced: Tensor) => Tensor>()
  readonly transform: Sequential
  readonly bn: BatchNorm
  private readonly dropout: number

  constructor(inChannels: number, outChannels: number, stride = 1, options: MsTcnOptions = {}) {
    super()
    const { branches = BRANCHES, dropout = 0 } = options
    const { narrow, rest } = branchWidths(outChannels, branches.length)
    this.branches = branches.map((branch, i) => this.createBranch(branch, inChannels, i === 0 ? rest : narrow, stride))
    this.transform = new Sequential(new BatchNorm(outChannels), relu, pointwise(outChannels, outChannels))
    this.bn = new BatchNorm(outChannels)
    this.dropout = dropout
  }

  /** x (N, C, T, V) to (N, O, ceil(T / stride), V). */
  forward(x: Tensor): Tensor {
    return this.mixed(this.joinedBranches(x))
  }

  /** The branches' outputs side by side. */
  protected joinedBranches(x: Tensor): Tensor {
    const reducing = [...this.tails.keys()]
    const reduced = reduceTogether(x, reducing)
    const outputs = this.branches.map((branch) => {
      if (branch instanceof Conv2d) return branch.forward(x)
      return this.tails.get(branch)!(reduced[reducing.indexOf(branch)])
    })
    return concat(outputs, 1)
  }

  /** Joined branches, mixed and normalised, with dropout. */
  protected mixed(joined: Tensor): Tensor {
    return dropout(this.bn.forward(this.transform.forward(joined)), this.dropout)
  }

  private createBranch(branch: TemporalBranch, inChannels: number, width: number, stride: number) {
    if (branch === '1x1') return pointwise(inChannels, width, { stride: [stride, 1] })
    const projection = [pointwise(inChannels, width), new BatchNorm(width), relu] as const
    const [kind, size] = branch
    if (kind === 'max') {
      const pooling = (x: Tensor) => pool(x, stride, size)
      return this.withTail(new Sequential(...projection, pooling), pooling)
    }
    const convolution = new UnitTcn(width, width, { kernel: kind, stride, dilation: size, norm: false })
    return this.withTail(new Sequential(...projection, convolution), (x) => convolution.forward(x))
  }

  private withTail(branch: Sequential, tail: (reduced: Tensor) => Tensor): Sequential {
    this.tails.set(branch, tail)
    return branch
  }
}

/** Max pooling over a window of frames; odd windows keep the length at stride 1. */
export function pool(x: Tensor, stride: number, window = 3): Tensor {
  const reach = Math.floor((window - 1) / 2)
  return maxPool(x, [window, 1], [stride, 1], [reach, 0, reach, 0])
}
