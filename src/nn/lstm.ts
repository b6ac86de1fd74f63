import { add, matmul, multiply, read, sigmoid, split, type Tensor, tanh } from '../tensor/index.ts'
import { type Cell, type Recurrence, Recurrent, type RecurrentOptions } from './recurrent.ts'

/** States of all layers and directions, each (layers * directions, N, hidden). */
export interface LstmState {
  readonly hidden: Tensor
  readonly cell: Tensor
}

export interface LstmOutput extends LstmState {
  /** Hidden states of the last layer at every frame: (N, T, hidden * directions), time first where sequences are. */
  readonly output: Tensor
}

/** Long short-term memory (Hochreiter and Schmidhuber 1997) as PyTorch's LSTM: gates input, forget, cell, output. */
export class Lstm extends Recurrent {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super(4, inputSize, hiddenSize, options)
  }

  /**
   * @param x (N, T, C), or (T, N, C) without `batchFirst`
   * @param initial first states; zero when absent
   */
  forward(x: Tensor, initial?: LstmState): LstmOutput {
    const { output, last } = this.unroll(x, 2, initial && [initial.hidden, initial.cell])
    return { output, hidden: last[0], cell: last[1] }
  }

  protected override recurrence({ bias_ih, bias_hh }: Cell, recurrentWeight: Tensor): Recurrence {
    const size = this.hiddenSize
    return {
      inputBias: bias_ih && bias_hh && add(read(bias_ih), read(bias_hh)),
      step(gates, [hidden, cell]) {
        const whole = add(gates, matmul(hidden, recurrentWeight))
        const [inputForget, proposed, output] = split(whole, 1, [2 * size, size, size])
        const [input, forget] = split(sigmoid(inputForget), 1, [size, size])
        const next = add(multiply(forget, cell), multiply(input, tanh(proposed)))
        return [multiply(sigmoid(output), tanh(next)), next]
      },
    }
  }
}
