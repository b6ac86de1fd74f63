import { add, assign, type Bank, multiply, read, subtract, type Tensor, Variable } from '../../tensor/index.ts'
import type { Parameter } from '../module.ts'
import { requireOption } from '../require-option.ts'
import type { GradientLimits, Optimizer, ParameterGroup } from './optimizer.ts'
import { PackedParameters } from './packed-parameters.ts'

export interface SgdOptions extends GradientLimits {
  /** Share of the last step that the next one keeps; default 0. */
  readonly momentum?: number
  /** Whether the gradient is followed from where the momentum leads (Sutskever et al. 2013); default false. */
  readonly nesterov?: boolean
  /** Share of the values that is added to the gradient; default 0. */
  readonly weightDecay?: number
}

/** Stochastic gradient descent with momentum, equal to PyTorch's step for step (dampening 0). */
export class Sgd implements Optimizer {
  readonly parameters: Bank
  readonly momentum: Variable
  private readonly packed: PackedParameters
  private readonly factor: number
  private readonly nesterov: boolean

  /** @throws OssatureError when an option is out of range, or a parameter stands twice */
  constructor(parameters: readonly Parameter[] | readonly ParameterGroup[], options: SgdOptions = {}) {
    const { momentum = 0, nesterov = false, weightDecay = 0, ...limits } = options
    requireOption(momentum >= 0, 'Sgd', 'momentum', '0 or more', momentum)
    this.packed = new PackedParameters(parameters, weightDecay, limits)
    this.parameters = this.packed.bank
    this.momentum = new Variable('momentum', 'slot', this.parameters.shape)
    this.factor = momentum
    this.nesterov = nesterov
  }

  slots(): Variable[] {
    return [this.momentum]
  }

  update(loss: Tensor, learningRate: Tensor): void {
    const { values, gradient, weightDecay, learningRate: rate } = this.packed.step(loss, learningRate)
    const decayed = weightDecay === 0 ? gradient : add(gradient, multiply(values, weightDecay))
    if (this.factor === 0) {
      assign(this.parameters, subtract(values, multiply(decayed, rate)))
      return
    }
    const velocity = add(multiply(read(this.momentum), this.factor), decayed)
    const direction = this.nesterov ? add(decayed, multiply(velocity, this.factor)) : velocity
    assign(this.momentum, velocity)
    assign(this.parameters, subtract(values, multiply(direction, rate)))
  }
}
