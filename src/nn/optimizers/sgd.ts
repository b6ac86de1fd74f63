import {
  add,
  assign,
  Bank,
  concat,
  constant,
  flatten,
  full,
  gradients,
  multiply,
  read,
  sizeOf,
  subtract,
  type Tensor,
  Variable,
} from '../../tensor/index.ts'
import type { Parameter } from '../module.ts'

export interface SgdOptions {
  readonly momentum?: number
  readonly nesterov?: boolean
  readonly weightDecay?: number
}

/**
 * Stochastic gradient descent with momentum, equal to PyTorch's step for step (dampening 0). The parameters are packed
 * into one vector, so the update is a few operators however many parameters there are.
 */
export class Sgd {
  readonly parameters: Bank
  readonly momentum: Variable
  private readonly options: Required<SgdOptions>

  constructor(parameters: readonly Parameter[], options: SgdOptions = {}) {
    this.options = { momentum: 0, nesterov: false, weightDecay: 0, ...options }
    this.parameters = new Bank('parameters', 'parameter', parameters)
    this.momentum = new Variable('momentum', 'slot', this.parameters.shape)
  }

  /** State that a checkpoint must hold beside the parameters. */
  slots(): Variable[] {
    return [this.momentum]
  }

  /**
   * Adds one update to the graph: the parameters' values after the step are those moved against the gradient of `loss`.
   * `learningRate` is a scalar. Parameters that the loss does not reach stay as they are, weight decay included.
   */
  update(loss: Tensor, learningRate: Tensor): void {
    const { momentum, nesterov, weightDecay } = this.options
    const pieces = this.parameters.pieces
    const found = gradients(loss, pieces.map(read))
    const gradient = concat(
      found.map((d, i) => flatten(d ?? full(pieces[i].shape, 0))),
      0,
    )
    const values = read(this.parameters)
    const decayed =
      weightDecay === 0 ? gradient : add(gradient, multiply(values, decayFactor(found, pieces, weightDecay)))
    if (momentum === 0) {
      assign(this.parameters, subtract(values, multiply(decayed, learningRate)))
      return
    }
    const velocity = add(multiply(read(this.momentum), momentum), decayed)
    const direction = nesterov ? add(decayed, multiply(velocity, momentum)) : velocity
    assign(this.momentum, velocity)
    assign(this.parameters, subtract(values, multiply(direction, learningRate)))
  }
}

/** The weight decay, zero for parameters without a gradient. */
function decayFactor(
  found: readonly (Tensor | undefined)[],
  pieces: readonly Variable[],
  weightDecay: number,
): Tensor | number {
  if (found.every((d) => d !== undefined)) return weightDecay
  const factors = pieces.flatMap((piece, i) => Array<number>(sizeOf(piece.shape)).fill(found[i] ? weightDecay : 0))
  return constant(Float32Array.from(factors), [factors.length])
}
