import { type Forward, Module } from '../../nn/index.ts'
import { relu, type Tensor } from '../../tensor/index.ts'
import { addResidual, type Residual } from './residual.ts'

export interface GcnBlockParts {
  readonly gcn: Forward
  readonly tcn: Forward
  readonly residual: Residual
}

/** The block of ST-GCN and its descendants: ReLU(tcn(gcn(x)) + residual(x)). */
export class GcnBlock extends Module {
  readonly gcn: Forward
  readonly tcn: Forward
  readonly residual: Residual
  private readonly numbered: boolean

  /** `numbered`: whether the state dict says `gcn1` and `tcn1`, as the code of 2s-AGCN and CTR-GCN does. */
  constructor({ gcn, tcn, residual }: GcnBlockParts, numbered = false) {
    super()
    this.gcn = gcn
    this.tcn = tcn
    this.residual = residual
    this.numbered = numbered
  }

  override *parts(): Generator<[string, Module]> {
    for (const [name, part] of super.parts()) {
      yield [this.numbered && part !== this.residual ? `${name}1` : name, part]
    }
  }

  /** x (N, C, T, V) to (N, O, T', V). */
  forward(x: Tensor): Tensor {
    return relu(addResidual(this.tcn.forward(this.gcn.forward(x)), x, this.residual))
  }
}
