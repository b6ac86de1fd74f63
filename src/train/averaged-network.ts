import { type Module, moveTowards } from '../nn/index.ts'
import { add, assign, Bank, divide, minimum, read, scalar, Variable } from '../tensor/index.ts'

/**
 * A second network of the same form whose weights and running statistics follow those of the trained one slowly: they
 * are steadier than the last step's. Early on the average is short, as TensorFlow's `ExponentialMovingAverage` counts:
 * step t, from 0, keeps min(momentum, (1 + t) / (10 + t)).
 */
export class AveragedNetwork<M extends Module> {
  readonly network: M
  private readonly momentum: number
  private readonly steps = new Variable('averaged_steps', 'slot', [])
  private readonly averages: readonly Bank[]
  private readonly followed: readonly Bank[]

  /**
   * @param network of the same form as the trained one; its parameters and buffers are packed here
   * @param followed the trained network's parameters and buffers, packed in state-dict order
   * @param momentum the share of itself that the average keeps, in [0, 1)
   */
  constructor(network: M, followed: { readonly parameters: Bank; readonly buffers: Bank }, momentum: number) {
    this.network = network
    this.momentum = momentum
    this.followed = [followed.parameters, followed.buffers]
    this.averages = [
      new Bank('average.parameters', 'buffer', network.parameters()),
      new Bank('average.buffers', 'buffer', network.buffers()),
    ]
  }

  /** What a checkpoint holds beside the trained network, by name. */
  *variables(): Generator<[string, Variable]> {
    for (const [name, variable] of this.network.variables()) yield [`average.${name}`, variable]
    yield [this.steps.name, this.steps]
  }

  /** Follows the trained network by one step; to be called when its update is done. */
  update(): void {
    const done = read(this.steps)
    moveTowards(this.averages, this.followed, minimum(divide(add(done, 1), add(done, 10)), scalar(this.momentum)))
    assign(this.steps, add(done, 1))
  }
}
