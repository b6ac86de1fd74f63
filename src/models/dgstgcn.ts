import { type BatchNorm, type Identity, Module } from '../nn/index.ts'
import type { Tensor } from '../tensor/index.ts'
import { type DataNormType, dataNorm, normalizedInput } from './blocks/data-norm.ts'
import { DgGcn, type DgGcnOptions, type InitialGraph } from './blocks/dggcn.ts'
import { DgMsTcn, type DgMsTcnOptions } from './blocks/dgmstcn.ts'
import { GcnBlock } from './blocks/gcn-block.ts'
import { residualOf } from './blocks/residual.ts'
import { blockDropout, lastWidth, type Stage, type StageOptions, stagesOf } from './blocks/stages.ts'
import { projectionTcn } from './blocks/unit-tcn.ts'
import { blockOutputs, type StagedBackbone } from './staged-backbone.ts'

export interface DgStGcnOptions extends StageOptions {
  readonly inChannels?: number
  readonly numPerson?: number
  readonly dataBnType?: DataNormType
  readonly gcn?: DgGcnOptions
  /** `dropout` acts in all blocks but the first. */
  readonly tcn?: DgMsTcnOptions
}

/** DG-STGCN (Duan et al. 2022, "DG-STGCN: Dynamic Spatial-Temporal Modeling for Skeleton-based Action Recognition"). */
export class DgStGcn extends Module implements StagedBackbone {
  readonly data_bn: BatchNorm | Identity
  readonly gcn: readonly GcnBlock[]
  readonly stages: readonly Stage[]
  readonly outChannels: number

  /** Every block draws first values of its own for `graph`; PYSKL draws once for all blocks. */
  constructor(graph: InitialGraph, options: DgStGcnOptions = {}) {
    super()
    const { inChannels = 3, numPerson = 2, dataBnType = 'VC' } = options
    this.stages = stagesOf(inChannels, options, true)
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
    this.outChannels = lastWidth(inChannels, this.stages)
  }

  /** x (N, M, T, V, C) to (N * M, outChannels, T', V). */
  forward(x: Tensor): Tensor {
    return this.gcn.reduce((t, block) => block.forward(t), normalizedInput(x, this.data_bn))
  }

  forwardStages(x: Tensor): Tensor[] {
    return blockOutputs(this.gcn, normalizedInput(x, this.data_bn))
  }
}
