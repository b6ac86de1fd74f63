import type { BatchNorm } from '../nn/index.ts'
import type { Adjacency } from '../skeleton/graph.ts'
import { BlockBackbone } from './block-backbone.ts'
import { ctrGcnBlock } from './blocks/ctrgcn-block.ts'
import { dataNorm } from './blocks/data-norm.ts'
import type { GcnBlock } from './blocks/gcn-block.ts'
import { type StageOptions, stagesOf } from './blocks/stages.ts'

/** The width of a stage that inflates is doubled. */
export interface CtrGcnOptions extends Omit<StageOptions, 'chRatio'> {
  readonly inChannels?: number
  readonly numPerson?: number
  /** Probability of dropout at the end of every block's temporal part, but for the first block; default 0. */
  readonly tcnDropout?: number
}

/** CTR-GCN (Chen et al. 2021, "Channel-wise Topology Refinement Graph Convolution") in PYSKL's form. */
export class CtrGcn extends BlockBackbone {
  override readonly data_bn: BatchNorm
  readonly net: readonly GcnBlock[]

  constructor(graph: Adjacency, options: CtrGcnOptions = {}) {
    const { inChannels = 3, numPerson = 2, tcnDropout } = options
    super(inChannels, stagesOf(inChannels, options, false))
    this.data_bn = dataNorm('MVC', numPerson, graph.shape[1], inChannels)
    this.net = this.stages.map((stage) => ctrGcnBlock(stage, graph, { tcnDropout }))
  }

  protected override sequence(): readonly GcnBlock[] {
    return this.net
  }
}
