import {
  BatchNorm,
  batchNorm,
  constantFill,
  kaimingNormalFanOut,
  Module,
  pointwise,
  Sequential,
} from '../../nn/index.ts'
import { concat, relu, type Tensor } from '../../tensor/index.ts'
import { pool } from './mstcn.ts'
import { reduceTogether } from './temporal-branches.ts'
import { UnitTcn } from './unit-tcn.ts'

const KERNEL = 5
const DILATIONS = [1, 2]

/**
 * Multi-scale temporal convolution of CTR-GCN: two dilated 5x1 convolutions, a max pooling and a 1x1 convolution, each
 * with its own batch normalisation at the end.
 */
export class CtrMsTcn extends Module {
  readonly branches: readonly Sequential[]
  private readonly stride: number
  private readonly activated: boolean

  /** `activated`: ReLU on the joined branches, as in PYSKL; the original code has none. */
  constructor(inChannels: number, outChannels: number, stride = 1, activated = true) {
    super()
    const count = DILATIONS.length + 2
    const narrow = Math.floor(outChannels / count)
    const last = outChannels - narrow * (count - 1)
    const initial = { initialWeight: kaimingNormalFanOut, initialBias: constantFill(0) }
    const dilated = DILATIONS.map(
      (dilation) =>
        new Sequential(
          pointwise(inChannels, narrow, initial),
          new BatchNorm(narrow),
          relu,
          new UnitTcn(narrow, narrow, { kernel: KERNEL, stride, dilation, ...initial }),
        ),
    )
    const pooled = new Sequential(
      pointwise(inChannels, narrow, initial),
      new BatchNorm(narrow),
      relu,
      (x) => pool(x, stride),
      new BatchNorm(narrow),
    )
    const plain = new Sequential(pointwise(inChannels, last, { stride: [stride, 1], ...initial }), new BatchNorm(last))
    this.branches = [...dilated, pooled, plain]
    this.stride = stride
    this.activated = activated
  }

  /** x (N, C, T, V) to (N, O, ceil(T / stride), V). The final normalisations are one over the joined channels. */
  forward(x: Tensor): Tensor {
    const reducing = this.branches.slice(0, -1)
    const plain = this.branches[this.branches.length - 1]
    const reduced = reduceTogether(x, reducing)
    const tails = DILATIONS.map((_, i) => reducing[i].at(3) as UnitTcn)
    const parts = tails.map((tail, i) => tail.conv.forward(reduced[i]))
    parts.push(pool(reduced[DILATIONS.length], this.stride))
    parts.push(plain.at(0).forward(x))
    const norms = [...tails.map((tail) => tail.bn!), reducing[DILATIONS.length].at(4), plain.at(1)] as BatchNorm[]
    const joined = batchNorm(concat(parts, 1), norms)
    return this.activated ? relu(joined) : joined
  }
}
