import { relu, type Tensor } from '../../tensor/index.ts'
import { BranchedTcn } from './branched-tcn.ts'
import { addResidual, type Residual, residualOf } from './residual.ts'
import { projectionTcn } from './unit-tcn.ts'

/** Multi-scale temporal convolution of MS-G3D (section 3.4): six branches and a residual. */
export class MsG3dTcn extends BranchedTcn {
  readonly residual: Residual
  private readonly activated: boolean

  /** `activated`: whether a ReLU follows. */
  constructor(inChannels: number, outChannels: number, stride = 1, activated = true) {
    super(inChannels, outChannels, { kernel: 3, dilations: [1, 2, 3, 4], stride })
    this.residual = residualOf({ inChannels, outChannels, stride, residual: true }, projectionTcn)
    this.activated = activated
  }

  /** x (N, C, T, V) to (N, O, ceil(T / stride), V). */
  forward(x: Tensor): Tensor {
    const sum = addResidual(this.joinedBranches(x), x, this.residual)
    return this.activated ? relu(sum) : sum
  }
}
