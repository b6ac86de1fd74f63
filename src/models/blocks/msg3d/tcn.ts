import { dropout, relu, type Tensor } from '../../../tensor/index.ts'
import { addResidual, type Residual, residualOf } from '../residual.ts'
import { BranchedTcn } from '../temporal/branched-tcn.ts'
import { projectionTcn } from '../temporal/unit-tcn.ts'

export interface MsG3dTcnOptions {
  readonly stride?: number
  /** Whether a ReLU follows; default true. */
  readonly activated?: boolean
  /** Probability of dropout at the end; default 0. */
  readonly dropout?: number
}

/** Multi-scale temporal convolution of MS-G3D (section 3.4): six branches and a residual. */
export class MsG3dTcn extends BranchedTcn {
  readonly residual: Residual
  private readonly activated: boolean
  private readonly dropout: number

  constructor(inChannels: number, outChannels: number, options: MsG3dTcnOptions = {}) {
    const { stride = 1, activated = true, dropout = 0 } = options
    super(inChannels, outChannels, { kernel: 3, dilations: [1, 2, 3, 4], stride })
    this.residual = residualOf({ inChannels, outChannels, stride, residual: true }, projectionTcn)
    this.activated = activated
    this.dropout = dropout
  }

  /** x (N, C, T, V) to (N, O, ceil(T / stride), V). */
  forward(x: Tensor): Tensor {
    const sum = addResidual(this.joinedBranches(x), x, this.residual)
    return dropout(this.activated ? relu(sum) : sum, this.dropout)
  }
}
