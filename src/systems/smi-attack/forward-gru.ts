import { Gru, Module, xavierUniform } from '../../nn/index.ts'
import type { RandomStream } from '../../random/stream.ts'
import { concat, type Tensor, type Variable } from '../../tensor/index.ts'

/**
 * A two-directional GRU of which both directions run forward in time, since it is called once per frame with the state
 * carried over. Every layer sees both directions of the one below. Parameters have the names of a GRU in both directions.
 */
export class ForwardGru extends Module {
  /** By layer, then by direction. */
  private readonly cells: readonly (readonly Gru[])[]

  constructor(inputSize: number, hiddenSize: number, layers: number) {
    super()
    this.cells = Array.from({ length: layers }, (_, layer) =>
      ['', '_reverse'].map(() => new Gru(layer === 0 ? inputSize : 2 * hiddenSize, hiddenSize)),
    )
  }

  override *variables(prefix = ''): Generator<[string, Variable]> {
    for (const [layer, directions] of this.cells.entries()) {
      for (const [direction, cell] of directions.entries()) {
        const ending = `_l${layer}${direction === 1 ? '_reverse' : ''}`
        for (const [name, variable] of cell.variables()) yield [prefix + name.replace(/_l0$/, ending), variable]
      }
    }
  }

  /** Fills the weights anew as the authors do: all that have two axes by Xavier's uniform rule. */
  initializeWeights(random: RandomStream): void {
    const fill = xavierUniform()
    for (const [name, { shape, values }] of this.variables()) {
      if (shape.length === 2) fill(values, shape, random.fork(name))
    }
  }

  /** x (N, T, inputSize) to the states of the last layer, (N, T, 2 * hiddenSize). */
  forward(x: Tensor): Tensor {
    return this.cells.reduce(
      (sequence, directions) =>
        concat(
          directions.map((cell) => cell.forward(sequence).output),
          2,
        ),
      x,
    )
  }
}
