import {
  add,
  assign,
  type Bank,
  divide,
  multiply,
  read,
  sqrt,
  square,
  subtract,
  type Tensor,
  Variable,
} from '../../tensor/index.ts'
import type { Parameter } from '../module.ts'
import { requireOption } from '../require-option.ts'
import type { GradientLimits, Optimizer, ParameterGroup } from './optimizer.ts'
import { PackedParameters } from './packed-parameters.ts'

export interface AdamOptions extends GradientLimits {
  /** Shares of the past in the means of the gradient and of its square, 0.9 and 0.999 by default. */
  readonly betas?: readonly [number, number]
  /** Added to the root of the second mean, 1e-8 by default. */
  readonly epsilon?: number
  /** 0 by default, for `AdamW` 0.01. */
  readonly weightDecay?: number
}

/** Adam (Kingma and Ba 2015), equal to PyTorch's step for step: weight decay is added to the gradient. */
export class Adam implements Optimizer {
  readonly parameters: Bank
  /** Running mean of the gradient. */
  readonly firstMoment: Variable
  /** Running mean of the squared gradient. */
  readonly secondMoment: Variable
  /** 1 - beta^t of both means, carried from step to step: computed from t, float32 would lose it for small t. */
  private readonly corrections: readonly [Variable, Variable]
  private readonly packed: PackedParameters
  private readonly betas: readonly [number, number]
  private readonly epsilon: number

  /** @throws OssatureError when an option is out of range, or a parameter stands twice */
  constructor(parameters: readonly Parameter[] | readonly ParameterGroup[], options: AdamOptions = {}) {
    const { betas = [0.9, 0.999], epsilon = 1e-8, weightDecay = 0, ...limits } = options
    for (const [i, beta] of betas.entries())
      requireOption(beta >= 0 && beta < 1, 'Adam', `betas[${i}]`, 'a share from 0 to below 1', beta)
    requireOption(epsilon >= 0, 'Adam', 'epsilon', '0 or more', epsilon)
    this.packed = new PackedParameters(parameters, weightDecay, limits)
    this.parameters = this.packed.bank
    const { shape } = this.parameters
    this.firstMoment = new Variable('first_moment', 'slot', shape)
    this.secondMoment = new Variable('second_moment', 'slot', shape)
    this.corrections = [new Variable('first_correction', 'slot', []), new Variable('second_correction', 'slot', [])]
    this.betas = betas
    this.epsilon = epsilon
  }

  slots(): Variable[] {
    return [this.firstMoment, this.secondMoment, ...this.corrections]
  }

  update(loss: Tensor, learningRate: Tensor): void {
    const { values, gradient, weightDecay, learningRate: rate } = this.packed.step(loss, learningRate)
    const { start, direction } = this.decayed(values, gradient, weightDecay, rate)
    const [beta1, beta2] = this.betas
    const first = runningMean(this.firstMoment, direction, beta1)
    const second = runningMean(this.secondMoment, square(direction), beta2)
    const [correction1, correction2] = this.corrections.map((variable, i) => {
      const next = add(multiply(read(variable), this.betas[i]), 1 - this.betas[i])
      assign(variable, next)
      return next
    })
    const root = add(divide(sqrt(second), sqrt(correction2)), this.epsilon)
    assign(this.parameters, subtract(start, multiply(divide(first, root), divide(rate, correction1))))
  }

  /** Where the step starts from and the direction it is computed from, by this optimiser's kind of weight decay. */
  protected decayed(
    values: Tensor,
    gradient: Tensor,
    weightDecay: Tensor | number,
    _rate: Tensor,
  ): { start: Tensor; direction: Tensor } {
    return {
      start: values,
      direction: weightDecay === 0 ? gradient : add(gradient, multiply(values, weightDecay)),
    }
  }
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019), equal to PyTorch's step for step: values shrink by
 * 1 - learning rate * weight decay before the step.
 */
export class AdamW extends Adam {
  constructor(parameters: readonly Parameter[] | readonly ParameterGroup[], options: AdamOptions = {}) {
    const { weightDecay = 0.01 } = options
    super(parameters, { ...options, weightDecay })
  }

  protected override decayed(values: Tensor, gradient: Tensor, weightDecay: Tensor | number, rate: Tensor) {
    const start = weightDecay === 0 ? values : multiply(values, subtract(1, multiply(rate, weightDecay)))
    return { start, direction: gradient }
  }
}

/** Assigns and gives beta * mean + (1 - beta) * value. */
function runningMean(variable: Variable, value: Tensor, beta: number): Tensor {
  const next = add(multiply(read(variable), beta), multiply(value, 1 - beta))
  assign(variable, next)
  return next
}
