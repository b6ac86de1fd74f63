import type { BatchNorm, Identity } from '../nn/index.ts'
import { BlockBackbone } from './block-backbone.ts'
import { type DataNormType, dataNorm } from './blocks/data-norm.ts'
import { GcnBlock } from './blocks/gcn-block.ts'
import { DgGcn, type DgGcnOptions, type InitialGraph } from './blocks/graph/dggcn.ts'
import { residualOf } from './blocks/residual.ts'
import { blockDropout, type StageOptions, stagesOf } from './blocks/stages.ts'
import { DgMsTcn, type DgMsTcnOptions } from './blocks/temporal/dgmstcn.ts'
import { projectionTcn } from './blocks/temporal/unit-tcn.ts'

export interface DgStGcnOptions extends StageOptions {
  readonly inChannels?: number
  readonly numPerson?: number
  readonly dataBnType?: DataNormType
  readonly gcn?: DgGcnOptions
  /** `dropout` acts in all blocks but the first. */
  readonly tcn?: DgMsTcnOptions
}

/** DG-STGCN (Duan et al. 2022, "DG-STGCN: Dynamic Spatial-Temporal Modeling for Skeleton-based Action Recognition"). */
export class DgStGcn extends BlockBackbone {
  override readonly data_bn: BatchNorm | Identity
  readonly gcn: readonly GcnBlock[]

  /** Every block draws first values of its own for `graph`; PYSKL draws once for all blocks. */
  constructor(graph: InitialGraph, options: DgStGcnOptions = {}) {
    const { inChannels = 3, numPerson = 2, dataBnType = 'VC' } = options
    super(inChannels, stagesOf(inChannels, options, true))
    this.data_bn = dataNorm(dataBnType, numPerson, graph.shape[1], inChannels)
    this.gcn = this.stages.map((stage) => {
      const { inChannels, outChannels, stride } = stage
      const dropout = blockDropout(stage, options.tcn?.dropout)
      return new GcnBlock({
        gcn: new DgGcn(inChannels, outChannels, graph, options.gcn),
        tcn: new DgMsTcn(outChannels, outChannels, stride, { ...options.tcn, dropout }),
        residual: residualOf(stage, projectionTcn),
      })
    })
  }

  protected override sequence(): readonly GcnBlock[] {
    return this.gcn
  }
}
