import { type BatchNorm, constantFill, kaimingNormalFanOut, Module } from '../nn/index.ts'
import type { Adjacency } from '../skeleton/graph.ts'
import { add, relu, type Tensor } from '../tensor/index.ts'
import type { Backbone } from './backbone.ts'
import { CtrMsTcn } from './blocks/ctr-mstcn.ts'
import { UnitCtrgcn } from './blocks/ctrgc.ts'
import { dataNorm, normalizedInput } from './blocks/data-norm.ts'
import { UnitTcn } from './blocks/unit-tcn.ts'

export interface CtrGcnOptions {
  readonly inChannels?: number
  readonly baseChannels?: number
  readonly numStages?: number
  /** 1-based numbers of the blocks that double the width. */
  readonly inflateStages?: readonly number[]
  /** 1-based numbers of the blocks with temporal stride 2. */
  readonly downStages?: readonly number[]
  readonly numPerson?: number
}

/** CTR-GCN (Chen et al. 2021, "Channel-wise Topology Refinement Graph Convolution") in PYSKL's form. */
export class CtrGcn extends Module implements Backbone {
  readonly data_bn: BatchNorm
  readonly net: readonly CtrGcnBlock[]
  readonly outChannels: number

  constructor(graph: Adjacency, options: CtrGcnOptions = {}) {
    super()
    const { inChannels = 3, baseChannels = 64, numStages = 10, inflateStages = [5, 8], downStages = [5, 8] } = options
    this.data_bn = dataNorm('MVC', options.numPerson ?? 2, graph.shape[1], inChannels)!
    const blocks = [new CtrGcnBlock(inChannels, baseChannels, graph, 1, false)]
    let width = baseChannels
    for (let stage = 2; stage <= numStages; stage++) {
      const before = width
      if (inflateStages.includes(stage)) width *= 2
      blocks.push(new CtrGcnBlock(before, width, graph, downStages.includes(stage) ? 2 : 1, true))
    }
    this.net = blocks
    this.outChannels = width
  }

  /** x (N, M, T, V, C) to (N * M, outChannels, T', V). */
  forward(x: Tensor): Tensor {
    return this.net.reduce((t, block) => block.forward(t), normalizedInput(x, this.data_bn))
  }
}

/** ReLU(tcn(gcn(x)) + residual(x)). */
class CtrGcnBlock extends Module {
  readonly gcn1: UnitCtrgcn
  readonly tcn1: CtrMsTcn
  readonly residual?: UnitTcn
  private readonly addsInput: boolean

  constructor(inChannels: number, outChannels: number, graph: Adjacency, stride: number, residual: boolean) {
    super()
    const relationChannels = inChannels <= 16 ? 8 : Math.trunc(inChannels / 8)
    this.gcn1 = new UnitCtrgcn(inChannels, outChannels, graph, { relationChannels })
    this.tcn1 = new CtrMsTcn(outChannels, outChannels, stride)
    this.addsInput = residual
    if (residual && (inChannels !== outChannels || stride !== 1)) {
      this.residual = new UnitTcn(inChannels, outChannels, {
        kernel: 1,
        stride,
        initialWeight: kaimingNormalFanOut,
        initialBias: constantFill(0),
      })
    }
  }

  forward(x: Tensor): Tensor {
    const y = this.tcn1.forward(this.gcn1.forward(x))
    if (!this.addsInput) return relu(y)
    return relu(add(y, this.residual ? this.residual.forward(x) : x))
  }
}
