import { type BatchNorm, Module } from '../nn/index.ts'
import type { Adjacency } from '../skeleton/graph.ts'
import { add, relu, type Tensor } from '../tensor/index.ts'
import type { Backbone } from './backbone.ts'
import { type DataNormType, dataNorm, normalizedInput } from './blocks/data-norm.ts'
import { MsTcn } from './blocks/mstcn.ts'
import { type GcnAdaptive, UnitGcn } from './blocks/unit-gcn.ts'
import { UnitTcn } from './blocks/unit-tcn.ts'

export interface StGcnOptions {
  readonly inChannels?: number
  readonly baseChannels?: number
  readonly numStages?: number
  /** 1-based numbers of the blocks that widen by `chRatio`. */
  readonly inflateStages?: readonly number[]
  /** 1-based numbers of the blocks with temporal stride 2. */
  readonly downStages?: readonly number[]
  readonly chRatio?: number
  readonly numPerson?: number
  readonly dataBnType?: DataNormType
  readonly gcnAdaptive?: GcnAdaptive
  readonly gcnConvPos?: 'pre' | 'post'
  readonly gcnWithRes?: boolean
  readonly tcnType?: 'unit_tcn' | 'mstcn'
}

/**
 * ST-GCN (Yan, Xiong, Lin 2018) as PYSKL generalises it (Duan et al. 2022, "PYSKL: Towards Good Practices for Skeleton
 * Action Recognition"); with an adaptive graph, gcn residual and multi-scale temporal convolution it is ST-GCN++.
 */
export class StGcn extends Module implements Backbone {
  readonly data_bn?: BatchNorm
  readonly gcn: readonly StGcnBlock[]
  readonly outChannels: number

  constructor(graph: Adjacency, options: StGcnOptions = {}) {
    super()
    const {
      inChannels = 3,
      baseChannels = 64,
      numStages = 10,
      inflateStages = [5, 8],
      downStages = [5, 8],
      chRatio = 2,
      numPerson = 2,
      dataBnType = 'VC',
    } = options
    this.data_bn = dataNorm(dataBnType, numPerson, graph.shape[1], inChannels)
    const blocks: StGcnBlock[] = []
    if (inChannels !== baseChannels) blocks.push(new StGcnBlock(inChannels, baseChannels, graph, 1, false, options))
    let width = baseChannels
    let inflations = 0
    for (let stage = 2; stage <= numStages; stage++) {
      const before = width
      if (inflateStages.includes(stage)) inflations++
      width = Math.trunc(baseChannels * chRatio ** inflations + 1e-4)
      blocks.push(new StGcnBlock(before, width, graph, downStages.includes(stage) ? 2 : 1, true, options))
    }
    this.gcn = blocks
    this.outChannels = width
  }

  /** x (N, M, T, V, C) to (N * M, outChannels, T', V). */
  forward(x: Tensor): Tensor {
    return this.gcn.reduce((t, block) => block.forward(t), normalizedInput(x, this.data_bn))
  }
}

/** ReLU(tcn(gcn(x)) + residual(x)). */
class StGcnBlock extends Module {
  readonly gcn: UnitGcn
  readonly tcn: UnitTcn | MsTcn
  readonly residual?: UnitTcn
  private readonly addsInput: boolean

  constructor(
    inChannels: number,
    outChannels: number,
    graph: Adjacency,
    stride: number,
    residual: boolean,
    options: StGcnOptions,
  ) {
    super()
    const { gcnAdaptive, gcnConvPos, gcnWithRes, tcnType = 'unit_tcn' } = options
    this.gcn = new UnitGcn(inChannels, outChannels, graph, {
      ...(gcnAdaptive !== undefined ? { adaptive: gcnAdaptive } : {}),
      ...(gcnConvPos ? { convPos: gcnConvPos } : {}),
      ...(gcnWithRes !== undefined ? { withRes: gcnWithRes } : {}),
    })
    this.tcn =
      tcnType === 'mstcn'
        ? new MsTcn(outChannels, outChannels, stride)
        : new UnitTcn(outChannels, outChannels, { stride })
    this.addsInput = residual
    if (residual && (inChannels !== outChannels || stride !== 1)) {
      this.residual = new UnitTcn(inChannels, outChannels, { kernel: 1, stride })
    }
  }

  forward(x: Tensor): Tensor {
    const y = this.tcn.forward(this.gcn.forward(x))
    if (!this.addsInput) return relu(y)
    return relu(add(y, this.residual ? this.residual.forward(x) : x))
  }
}
