import { normal } from '../../../nn/index.ts'
import { dropout, relu, type Tensor } from '../../../tensor/index.ts'
import type { NetworkForm } from '../graph/unit-graph.ts'
import { HE_FAN_OUT } from '../he-initialization.ts'
import { BranchedTcn } from './branched-tcn.ts'

export interface CtrMsTcnOptions {
  /** Default `pyskl`. */
  readonly form?: NetworkForm
  /** Probability of dropout at the end, which only PYSKL has; default 0. */
  readonly dropout?: number
}

/** Multi-scale temporal convolution of CTR-GCN: two dilated 5x1 convolutions, a max pooling and a 1x1 convolution. */
export class CtrMsTcn extends BranchedTcn {
  private readonly form: NetworkForm
  private readonly dropout: number

  constructor(inChannels: number, outChannels: number, stride = 1, options: CtrMsTcnOptions = {}) {
    const { form = 'pyskl', dropout = 0 } = options
    super(inChannels, outChannels, {
      kernel: 5,
      dilations: [1, 2],
      stride,
      ...HE_FAN_OUT,
      ...(form === 'original' ? { normOptions: { initialWeight: normal(1, 0.02) } } : {}),
    })
    this.form = form
    this.dropout = dropout
  }

  /**
   * x (N, C, T, V) to (N, O, ceil(T / stride), V). PYSKL has a ReLU and dropout on the joined branches, the original
   * neither.
   */
  forward(x: Tensor): Tensor {
    const joined = this.joinedBranches(x)
    return this.form === 'pyskl' ? dropout(relu(joined), this.dropout) : joined
  }
}
