import type { Bank, Tensor, Variable } from '../../tensor/index.ts'
import type { Parameter } from '../module.ts'

/** Moves parameters against the gradient of a loss. */
export interface Optimizer {
  /** All parameters as one vector. */
  readonly parameters: Bank
  /** State that a checkpoint must hold beside the parameters. */
  slots(): Variable[]
  /**
   * Adds one update to the graph that is being traced. `learningRate` is a scalar. Parameters that the loss does not
   * reach stay as they are, whatever weight decay and momentum there is. Calls `declareUpdate`, so that `trace` can
   * require its option `training`.
   */
  update(loss: Tensor, learningRate: Tensor): void
}

/** Parameters with a learning rate and a weight decay of their own. */
export interface ParameterGroup {
  readonly parameters: readonly Parameter[]
  /** Times the learning rate of the step, 1 by default; 0 freezes the group. */
  readonly learningRateFactor?: number
  /** Instead of the optimiser's weight decay. */
  readonly weightDecay?: number
}

/** Limits of the gradient before it is used. */
export interface GradientLimits {
  /** Largest norm of all gradients together; longer ones are scaled down (PyTorch `clip_grad_norm_`). */
  readonly clipNorm?: number
  /** Largest magnitude of one element (PyTorch `clip_grad_value_`). */
  readonly clipValue?: number
}
