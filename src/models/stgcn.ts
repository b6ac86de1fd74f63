import { type BatchNorm, type Identity, Module } from '../nn/index.ts'
import type { Adjacency } from '../skeleton/graph.ts'
import type { Tensor } from '../tensor/index.ts'
import { type DataNormType, dataNorm, normalizedInput } from './blocks/data-norm.ts'
import { GcnBlock } from './blocks/gcn-block.ts'
import { MsTcn, type TemporalBranch } from './blocks/mstcn.ts'
import { residualOf } from './blocks/residual.ts'
import { blockDropout, lastWidth, type Stage, type StageOptions, stagesOf } from './blocks/stages.ts'
import { type GcnAdaptive, UnitGcn } from './blocks/unit-gcn.ts'
import { projectionTcn, UnitTcn } from './blocks/unit-tcn.ts'
import { blockOutputs, type StagedBackbone } from './staged-backbone.ts'

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
export class StGcn extends Module implements StagedBackbone {
  readonly data_bn: BatchNorm | Identity
  readonly gcn: readonly GcnBlock[]
  readonly stages: readonly Stage[]
  readonly outChannels: number

  constructor(graph: Adjacency, options: StGcnOptions = {}) {
    super()
    const { inChannels = 3, numPerson = 2, dataBnType = 'VC' } = options
    this.stages = stagesOf(inChannels, options, true)
    this.data_bn = dataNorm(dataBnType, numPerson, graph.shape[1], inChannels)
    this.gcn = this.stages.map((stage) => stGcnBlock(stage, graph, options))
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
