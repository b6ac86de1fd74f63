import { BatchNorm, type Conv2d, constantFill, fillFrom, Module, Parameter, type Sequential } from '../../nn/index.ts'
import { identityMatrix } from '../../skeleton/edge-matrix.ts'
import { type Adjacency, stack } from '../../skeleton/graph.ts'
import { add, divide, l2Norm, read, relu, type Tensor } from '../../tensor/index.ts'
import { GcnBlock } from '../blocks/gcn-block.ts'
import { convolveMixed } from '../blocks/graph/mix-joints.ts'
import { summedConvolutions } from '../blocks/graph/subset-convolutions.ts'
import { fixedGraph } from '../blocks/graph/unit-graph.ts'
import { HE_FAN_OUT } from '../blocks/he-initialization.ts'
import { channelProjection, residualOf } from '../blocks/residual.ts'
import { projectionTcn, UnitTcn } from '../blocks/temporal/unit-tcn.ts'
import { TenBlocks, type TenBlocksOptions } from './ten-blocks.ts'

/** Frames of the temporal convolutions. */
const KERNEL = 5

export interface LearnedGraphStGcnOptions extends TenBlocksOptions {
  /** Number of graphs of each block. */
  readonly subsets?: number
  /** Whether the graphs are trained; else they stay identities, and joints are not mixed. */
  readonly adaptive?: boolean
}

/**
 * The ST-GCN of FR-Head (Zhou et al. 2023, "Learning Discriminative Representations for Skeleton Based Action
 * Recognition", arXiv 2303.03729, by its authors' code): no graph of the skeleton, but per block three trained ones that
 * start as identities.
 */
export class LearnedGraphStGcn extends TenBlocks {
  constructor(joints: number, { subsets = 3, adaptive, ...options }: LearnedGraphStGcnOptions = {}) {
    const graph = stack(Array.from({ length: subsets }, () => identityMatrix(joints)))
    super(joints, options, (stage) => {
      const { inChannels, outChannels, stride } = stage
      return new GcnBlock(
        {
          gcn: new LearnedGraphGcn(inChannels, outChannels, graph, adaptive),
          tcn: new UnitTcn(outChannels, outChannels, { kernel: KERNEL, stride, ...HE_FAN_OUT }),
          residual: residualOf(stage, () => projectionTcn(stage, HE_FAN_OUT)),
        },
        true,
      )
    })
  }
}

/**
 * The sum over subsets k of conv_d_k(x G_k), with the columns of the trained graphs divided by their lengths; batch
 * normalisation, residual, ReLU.
 */
class LearnedGraphGcn extends Module {
  readonly PA?: Parameter
  readonly conv_d: readonly Conv2d[]
  readonly down?: Sequential
  readonly bn: BatchNorm
  private readonly adjacency: Adjacency

  constructor(inChannels: number, outChannels: number, graph: Adjacency, adaptive = true) {
    super()
    this.adjacency = graph
    if (adaptive) this.PA = new Parameter(graph.shape, fillFrom(graph.data))
    this.conv_d = summedConvolutions(inChannels, outChannels, graph.shape[0])
    this.down = channelProjection(inChannels, outChannels, HE_FAN_OUT)
    this.bn = new BatchNorm(outChannels, { initialWeight: constantFill(1e-6) })
  }

  /** x (N, C, T, V) to (N, O, T, V). */
  forward(x: Tensor): Tensor {
    const mixed = this.bn.forward(convolveMixed(x, this.graphs(), this.conv_d))
    return relu(add(mixed, this.down ? this.down.forward(x) : x))
  }

  private graphs(): Tensor {
    if (!this.PA) return fixedGraph(this.adjacency)
    const graph = read(this.PA)
    return divide(graph, add(l2Norm(graph, [1]), 1e-4))
  }
}
