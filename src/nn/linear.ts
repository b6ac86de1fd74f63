import { linear, read, type Tensor } from '../tensor/index.ts'
import { frameworkBias, frameworkWeight, type Initializer } from './initialization.ts'
import { Module, Parameter } from './module.ts'

/** x Wᵀ + b over the last axis: (..., inputs) to (..., outputs), as PyTorch's Linear. */
export class Linear extends Module {
  readonly weight: Parameter
  readonly bias?: Parameter

  /**
   * @param initialWeight first values of W, uniform within 1 / sqrt(inputs) by default
   * @param initialBias those of b, by default alike; null for a layer without b
   */
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
