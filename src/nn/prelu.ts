import { prelu, read, type Tensor } from '../tensor/index.ts'
import { constantFill } from './initialization.ts'
import { Module, Parameter } from './module.ts'

/** x where it is positive, else a trained slope times x (He et al. 2015), as PyTorch's PReLU. */
export class Prelu extends Module {
  readonly weight: Parameter

  /** @param slopes 1 for all, or the number of channels of x (N, C, ...) */
  constructor(slopes = 1, initialSlope = 0.25) {
    super()
    this.weight = new Parameter([slopes], constantFill(initialSlope))
  }

  forward(x: Tensor): Tensor {
    return prelu(x, read(this.weight))
  }
}
