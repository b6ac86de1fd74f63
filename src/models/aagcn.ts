import type { BatchNorm, Identity } from '../nn/index.ts'
import type { Adjacency } from '../skeleton/graph.ts'
import { BlockBackbone } from './block-backbone.ts'
import { type DataNormType, dataNorm } from './blocks/data-norm.ts'
import { GcnBlock } from './blocks/gcn-block.ts'
import { UnitAagcn } from './blocks/graph/unit-aagcn.ts'
import { HE_FAN_OUT } from './blocks/he-initialization.ts'
import { residualOf } from './blocks/residual.ts'
import { blockDropout, type Stage, type StageOptions, stagesOf } from './blocks/stages.ts'
import { MsTcn, type TemporalBranch } from './blocks/temporal/mstcn.ts'
import { projectionTcn, UnitTcn } from './blocks/temporal/unit-tcn.ts'

/** The width of a stage that inflates is doubled. */
export interface AaGcnOptions extends Omit<StageOptions, 'chRatio'> {
  readonly inChannels?: number
  readonly numPerson?: number
  readonly dataBnType?: DataNormType
  /** Whether graphs are trained and refined by how the joints move. */
  readonly gcnAdaptive?: boolean
  /** Whether joints, frames and channels are weighted after each graph convolution. */
  readonly gcnAttention?: boolean
  /** How many times narrower than the output the embeddings are that compare joints. */
  readonly gcnCoffEmbedding?: number
  readonly tcnType?: 'unit_tcn' | 'mstcn'
  /** The branches of `mstcn`; default those of ST-GCN++. */
  readonly tcnMsCfg?: readonly TemporalBranch[]
  /** Probability of dropout at the end of every block's temporal part, but for the first block; default 0. */
  readonly tcnDropout?: number
}

/**
 * AAGCN (Shi et al. 2020, "Skeleton-Based Action Recognition with Multi-Stream Adaptive Graph Convolutional Networks"),
 * the successor of 2s-AGCN, in PYSKL's form.
 */
export class AaGcn extends BlockBackbone {
  override readonly data_bn: BatchNorm | Identity
  readonly gcn: readonly GcnBlock[]

  constructor(graph: Adjacency, options: AaGcnOptions = {}) {
    const { inChannels = 3, numPerson = 2, dataBnType = 'MVC' } = options
    super(inChannels, stagesOf(inChannels, options, true))
    this.data_bn = dataNorm(dataBnType, numPerson, graph.shape[1], inChannels)
    this.gcn = this.stages.map((stage) => aaGcnBlock(stage, graph, options))
  }

  protected override sequence(): readonly GcnBlock[] {
    return this.gcn
  }
}

function aaGcnBlock(stage: Stage, graph: Adjacency, options: AaGcnOptions): GcnBlock {
  const { inChannels, outChannels, stride } = stage
  const { gcnAdaptive: adaptive, gcnAttention: attention, gcnCoffEmbedding: coffEmbedding, tcnType } = options
  const dropout = blockDropout(stage, options.tcnDropout)
  return new GcnBlock({
    gcn: new UnitAagcn(inChannels, outChannels, graph, { adaptive, attention, coffEmbedding }),
    tcn:
      tcnType === 'mstcn'
        ? new MsTcn(outChannels, outChannels, stride, { branches: options.tcnMsCfg, dropout })
        : new UnitTcn(outChannels, outChannels, { stride, dropout, ...HE_FAN_OUT }),
    residual: residualOf(stage, () => projectionTcn(stage, HE_FAN_OUT)),
  })
}
