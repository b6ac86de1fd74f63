import { BatchNorm, Buffer, Conv2d, Dropout, Module, ones, Parameter, pointwise, Sequential } from '../../nn/index.ts'
import type { Adjacency } from '../../skeleton/graph.ts'
import { multiply, read, relu, type Tensor } from '../../tensor/index.ts'
import type { Backbone } from '../backbone.ts'
import { dataNorm, normalizedInput } from '../blocks/data-norm.ts'
import { sumMixed } from '../blocks/graph/mix-joints.ts'
import type { AlterGraph } from '../blocks/graph/random-edges.ts'
import { addResidual, type Residual, residualOf } from '../blocks/residual.ts'
import { blockDropout, lastWidth, type Stage, stagesOf } from '../blocks/stages.ts'

/** Frames of the temporal convolution. */
const KERNEL = 9

export interface OriginalStGcnOptions {
  readonly inChannels?: number
  /** Channels of the first four blocks. */
  readonly baseChannels?: number
  /** Channels of the last block, four times those of the first by default. */
  readonly lastChannels?: number
  /** Whether every block weights the edges of the graph by trained factors. */
  readonly edgeImportanceWeighting?: boolean
  /** Probability of dropout at the end of every block's temporal part, but for the first block; default 0. */
  readonly dropout?: number
}

/**
 * ST-GCN (Yan, Xiong, Lin 2018, "Spatial Temporal Graph Convolutional Networks for Skeleton-Based Action Recognition")
 * as its authors wrote it.
 */
export class OriginalStGcn extends Module implements Backbone {
  readonly A: Buffer
  readonly data_bn: BatchNorm
  readonly st_gcn_networks: readonly OriginalStGcnBlock[]
  readonly edge_importance?: EdgeImportance
  readonly outChannels: number

  constructor(graph: Adjacency, options: OriginalStGcnOptions = {}) {
    super()
    const { inChannels = 3, baseChannels, lastChannels, edgeImportanceWeighting = true, dropout = 0 } = options
    const regular = stagesOf(inChannels, { baseChannels }, false)
    const stages = regular.map((stage, i) =>
      lastChannels && i === regular.length - 1 ? { ...stage, outChannels: lastChannels } : stage,
    )
    this.A = new Buffer(Float32Array.from(graph.data), graph.shape)
    this.data_bn = dataNorm('VC', 1, graph.shape[1], inChannels)
    this.st_gcn_networks = stages.map(
      (stage) => new OriginalStGcnBlock(stage, graph.shape[0], blockDropout(stage, dropout)),
    )
    if (edgeImportanceWeighting) this.edge_importance = new EdgeImportance(stages.length, graph.shape)
    this.outChannels = lastWidth(inChannels, stages)
  }

  /** x (N, M, T, V, C) to (N * M, outChannels, T', V). */
  forward(x: Tensor, alter: AlterGraph = (graph) => graph): Tensor {
    const A = read(this.A)
    return this.st_gcn_networks.reduce(
      (t, block, i) => {
        const importance = this.edge_importance?.factors[i]
        return block.forward(t, alter(importance ? multiply(A, read(importance)) : A))
      },
      normalizedInput(x, this.data_bn),
    )
  }
}

/** The trained factors of the graph's entries, one set per block, numbered in the state dict. */
class EdgeImportance extends Module {
  readonly factors: readonly Parameter[]

  constructor(blocks: number, shape: Adjacency['shape']) {
    super()
    this.factors = Array.from({ length: blocks }, () => new Parameter(shape, ones))
  }

  override *variables(prefix = ''): Generator<[string, Parameter]> {
    for (const [i, factor] of this.factors.entries()) yield [`${prefix}${i}`, factor]
  }
}

/** ReLU(tcn(gcn(x, A)) + residual(x)), with tcn = normalisation, ReLU, convolution over time, normalisation. */
class OriginalStGcnBlock extends Module {
  readonly gcn: ConvTemporalGraphical
  readonly tcn: Sequential
  readonly residual: Residual

  constructor(stage: Stage, subsets: number, dropout: number) {
    super()
    const { inChannels, outChannels, stride } = stage
    this.gcn = new ConvTemporalGraphical(inChannels, outChannels, subsets)
    this.tcn = new Sequential(
      new BatchNorm(outChannels),
      relu,
      new Conv2d(outChannels, outChannels, [KERNEL, 1], { stride: [stride, 1], padding: [(KERNEL - 1) / 2, 0] }),
      new BatchNorm(outChannels),
      new Dropout(dropout),
    )
    this.residual = residualOf(
      stage,
      () => new Sequential(pointwise(inChannels, outChannels, { stride: [stride, 1] }), new BatchNorm(outChannels)),
    )
  }

  forward(x: Tensor, A: Tensor): Tensor {
    return relu(addResidual(this.tcn.forward(this.gcn.forward(x, A)), x, this.residual))
  }
}

/** Sum over subsets k of W_k x A_k. */
class ConvTemporalGraphical extends Module {
  readonly conv: Conv2d

  constructor(inChannels: number, outChannels: number, subsets: number) {
    super()
    this.conv = pointwise(inChannels, outChannels * subsets)
  }

  forward(x: Tensor, A: Tensor): Tensor {
    return sumMixed(this.conv.forward(x), A)
  }
}
