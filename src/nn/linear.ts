import { linear, read, type Tensor } from '../tensor/index.ts'
import { frameworkBias, frameworkWeight, type Initializer } from './initialization.ts'
import { Module, Parameter } from './module.ts'

/** x Wᵀ + b over the last axis; without b where `initialBias` is null. */
export class Linear extends Module {
  readonly weight: Parameter
  readonly bias?: Parameter

  constructor(
    inputs: number,
    outputs: number,
    initialWeight: Initializer = frameworkWeight,
    initialBias?: Initializer | null,
  ) {
    super()
    this.weight = new Parameter([outputs, inputs], initialWeight)
    if (initialBias !== null) this.bias = new Parameter([outputs], initialBias ?? frameworkBias(inputs))
  }

  forward(x: Tensor): Tensor {
    return linear(x, read(this.weight), this.bias && read(this.bias))
  }
}
