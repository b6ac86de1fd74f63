import { type Buffer, Linear, Module } from '../../nn/index.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { Tensor } from '../../tensor/index.ts'
import { movePrototypes, prototypeMemory } from '../../train/representation/prototype-memory.ts'
import { type ContrastOptions, classContrast } from './class-contrast.ts'
import type { Confusion } from './confusion.ts'

export interface ContrastiveNetOptions extends ContrastOptions {
  /** Length of the compared features; default that of the input. */
  readonly outChannels?: number
  /** The share of itself that a prototype keeps at every step with recognised samples of its class. */
  readonly momentum?: number
}

/**
 * A linear layer and a prototype per class, called `RenovateNet` by the authors of FR-Head (arXiv 2303.03729). Their
 * checkpoints do not hold the prototypes `avg_f`.
 */
export class ContrastiveNet extends Module {
  /** (outChannels, classes) */
  readonly avg_f: Buffer
  readonly cl_fc: Linear
  private readonly options: ContrastiveNetOptions

  /** @param random where the first prototypes come from */
  constructor(inChannels: number, classes: number, random: RandomStream, options: ContrastiveNetOptions = {}) {
    super()
    const { outChannels = inChannels } = options
    this.options = options
    this.avg_f = prototypeMemory(outChannels, classes, random)
    this.cl_fc = new Linear(inChannels, outChannels)
  }

  /** Features (N, inChannels), labels (N) and how the batch was classified to the scalar loss; moves the prototypes. */
  forward(features: Tensor, label: Tensor, confusion: Confusion): Tensor {
    const compared = this.cl_fc.forward(features)
    const { momentum = 0.9 } = this.options
    const prototypes = movePrototypes(this.avg_f, compared, confusion.truePositives, momentum)
    return classContrast(compared, prototypes, label, confusion, this.options)
  }
}
