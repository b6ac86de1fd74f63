import {
  add,
  concat,
  full,
  matmul,
  multiply,
  read,
  sigmoid,
  slice,
  split,
  subtract,
  type Tensor,
  tanh,
} from '../tensor/index.ts'
import { type Cell, type Recurrence, Recurrent, type RecurrentOptions } from './recurrent.ts'

export interface GruOutput {
  /** States of the last layer at every frame: (N, T, hidden * directions), time first where sequences are. */
  readonly output: Tensor
  /** Last states: (layers * directions, N, hidden). */
  readonly hidden: Tensor
}

/**
 * Gated recurrent units (Cho et al. 2014) as PyTorch's GRU: gates in the order reset, update, new, and the reset gate
 * applied behind the product with the state.
 */
export class Gru extends Recurrent {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super(3, inputSize, hiddenSize, options)
  }

  /**
   * @param x (N, T, C), or (T, N, C) without `batchFirst`
   * @param initial first states (layers * directions, N, hidden); zero when absent
   */
  forward(x: Tensor, initial?: Tensor): GruOutput {
    const { output, last } = this.unroll(x, 1, initial && [initial])
    return { output, hidden: last[0] }
  }

  protected override recurrence({ bias_ih, bias_hh }: Cell, recurrentWeight: Tensor): Recurrence {
    const hidden = this.hiddenSize
    const recurrentBias = bias_hh && read(bias_hh)
    // The reset gate scales the product of the new gate with its bias, so that this part stays in the loop.
    const newBias = recurrentBias && slice(recurrentBias, 0, 2 * hidden, 3 * hidden)
    const inputBias =
      bias_ih &&
      recurrentBias &&
      add(read(bias_ih), concat([slice(recurrentBias, 0, 0, 2 * hidden), full([hidden], 0)], 0))
    return {
      inputBias,
      step(gates, [state]) {
        const [inputGates, inputNew] = split(gates, 1, [2 * hidden, hidden])
        const [stateGates, stateNew] = split(matmul(state, recurrentWeight), 1, [2 * hidden, hidden])
        const [reset, update] = split(sigmoid(add(inputGates, stateGates)), 1, [hidden, hidden])
        const proposed = tanh(add(inputNew, multiply(reset, newBias ? add(stateNew, newBias) : stateNew)))
        return [add(proposed, multiply(update, subtract(state, proposed)))]
      },
    }
  }
}
