import type { BatchNorm, Identity } from '../nn/index.ts'
import type { Adjacency } from '../skeleton/graph.ts'
import { BlockBackbone } from './block-backbone.ts'
import { type DataNormType, dataNorm } from './blocks/data-norm.ts'
import { GcnBlock } from './blocks/gcn-block.ts'
import { type GcnAdaptive, UnitGcn } from './blocks/graph/unit-gcn.ts'
import { residualOf } from './blocks/residual.ts'
import { blockDropout, type Stage, type StageOptions, stagesOf } from './blocks/stages.ts'
import { MsTcn, type TemporalBranch } from './blocks/temporal/mstcn.ts'
import { projectionTcn, UnitTcn } from './blocks/temporal/unit-tcn.ts'

export interface StGcnOptions extends StageOptions {
  readonly inChannels?: number
  readonly numPerson?: number
  readonly dataBnType?: DataNormType
  readonly gcnAdaptive?: GcnAdaptive
  readonly gcnConvPos?: 'pre' | 'post'
  readonly gcnWithRes?: boolean
  readonly tcnType?: 'unit_tcn' | 'mstcn'
  /** The branches of `mstcn`; default those of ST-GCN++. */
  readonly tcnMsCfg?: readonly TemporalBranch[]
  /** Probability of dropout at the end of every block's temporal part, but for the first block; default 0. */
  readonly tcnDropout?: number
}

/**
 * ST-GCN (Yan, Xiong, Lin 2018) as PYSKL generalises it (Duan et al. 2022, "PYSKL: Towards Good Practices for Skeleton
 * Action Recognition"); with an adaptive graph, gcn residual and multi-scale temporal convolution it is ST-GCN++.
 */
export class StGcn extends BlockBackbone {
  override readonly data_bn: BatchNorm | Identity
  readonly gcn: readonly GcnBlock[]

  constructor(graph: Adjacency, options: StGcnOptions = {}) {
    const { inChannels = 3, numPerson = 2, dataBnType = 'VC' } = options
    super(inChannels, stagesOf(inChannels, options, true))
    this.data_bn = dataNorm(dataBnType, numPerson, graph.shape[1], inChannels)
    this.gcn = this.stages.map((stage) => stGcnBlock(stage, graph, options))
  }

  protected override sequence(): readonly GcnBlock[] {
    return this.gcn
  }
}

function stGcnBlock(stage: Stage, graph: Adjacency, options: StGcnOptions): GcnBlock {
  const { inChannels, outChannels, stride } = stage
  const { gcnAdaptive: adaptive, gcnConvPos: convPos, gcnWithRes: withRes, tcnType = 'unit_tcn' } = options
  const dropout = blockDropout(stage, options.tcnDropout)
  return new GcnBlock({
    gcn: new UnitGcn(inChannels, outChannels, graph, { adaptive, convPos, withRes }),
    tcn:
      tcnType === 'mstcn'
        ? new MsTcn(outChannels, outChannels, stride, { branches: options.tcnMsCfg, dropout })
        : new UnitTcn(outChannels, outChannels, { stride, dropout }),
    residual: residualOf(stage, () => projectionTcn(stage)),
  })
}
