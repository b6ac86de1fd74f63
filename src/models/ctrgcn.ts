import { type BatchNorm, Module } from '../nn/index.ts'
import type { Adjacency } from '../skeleton/graph.ts'
import type { Tensor } from '../tensor/index.ts'
import { ctrGcnBlock } from './blocks/ctrgcn-block.ts'
import { dataNorm, normalizedInput } from './blocks/data-norm.ts'
import type { GcnBlock } from './blocks/gcn-block.ts'
import { lastWidth, type Stage, type StageOptions, stagesOf } from './blocks/stages.ts'
import { blockOutputs, type StagedBackbone } from './staged-backbone.ts'

/** The width of a stage that inflates is doubled. */
export interface CtrGcnOptions extends Omit<StageOptions, 'chRatio'> {
  readonly inChannels?: number
  readonly numPerson?: number
  /** Probability of dropout at the end of every block's temporal part, but for the first block; default 0. */
  readonly tcnDropout?: number
}

/** CTR-GCN (Chen et al. 2021, "Channel-wise Topology Refinement Graph Convolution") in PYSKL's form. */
export class CtrGcn extends Module implements StagedBackbone {
  readonly data_bn: BatchNorm
  readonly net: readonly GcnBlock[]
  readonly stages: readonly Stage[]
  readonly outChannels: number

  constructor(graph: Adjacency, options: CtrGcnOptions = {}) {
    super()
    const { inChannels = 3, numPerson = 2, tcnDropout } = options
    this.stages = stagesOf(inChannels, options, false)
    this.data_bn = dataNorm('MVC', numPerson, graph.shape[1], inChannels)
    this.net = this.stages.map((stage) => ctrGcnBlock(stage, graph, { tcnDropout }))
    this.outChannels = lastWidth(inChannels, this.stages)
  }

  /** x (N, M, T, V, C) to (N * M, outChannels, T', V). */
  forward(x: Tensor): Tensor {
    return this.net.reduce((t, block) => block.forward(t), normalizedInput(x, this.data_bn))
  }

  forwardStages(x: Tensor): Tensor[] {
    return blockOutputs(this.net, normalizedInput(x, this.data_bn))
  }
}
