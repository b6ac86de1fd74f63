import {
  BatchNorm,
  type Buffer,
  type Conv2d,
  constantFill,
  Module,
  Parameter,
  pointwise,
  type Sequential,
  zeros,
} from '../../../nn/index.ts'
import type { Adjacency } from '../../../skeleton/graph.ts'
import {
  add,
  concat,
  matmul,
  mean,
  multiply,
  read,
  relu,
  reshape,
  split,
  subtract,
  sum,
  swapLastAxes,
  type Tensor,
  tanh,
} from '../../../tensor/index.ts'
import { HE_FAN_OUT } from '../he-initialization.ts'
import { convolveTogether } from '../joined-convolution.ts'
import { channelProjection } from '../residual.ts'
import { type NetworkForm, readGraph, unitGraph } from './unit-graph.ts'

/** The convolutions of one subset of channel-wise topology refinement (CTR-GCN section 3.2). */
class Ctrgc extends Module {
  readonly conv1: Conv2d
  readonly conv2: Conv2d
  readonly conv3: Conv2d
  readonly conv4: Conv2d

  constructor(inChannels: number, outChannels: number, relationChannels: number) {
    super()
    this.conv1 = pointwise(inChannels, relationChannels, HE_FAN_OUT)
    this.conv2 = pointwise(inChannels, relationChannels, HE_FAN_OUT)
    this.conv3 = pointwise(inChannels, outChannels, HE_FAN_OUT)
    this.conv4 = pointwise(relationChannels, outChannels, HE_FAN_OUT)
  }
}

export interface UnitCtrgcnOptions {
  /** The two forms differ in the index of the refined graph that the features are summed over. */
  readonly form?: NetworkForm
  /** Whether the graph A is trained. */
  readonly adaptive?: boolean
}

/**
 * Channel-wise topology refinement graph convolution: per subset k and channel c a graph
 * G = alpha * conv4(tanh(x1[u] - x2[v])) + A_k; the sum over subsets of conv3(x) G, batch normalisation, residual, ReLU.
 */
export class UnitCtrgcn extends Module {
  readonly A?: Parameter | Buffer
  readonly PA?: Parameter
  readonly alpha: Parameter
  readonly convs: readonly Ctrgc[]
  readonly bn: BatchNorm
  readonly down?: Sequential
  private readonly form: NetworkForm
  private readonly adjacency: Adjacency

  constructor(inChannels: number, outChannels: number, graph: Adjacency, options: UnitCtrgcnOptions = {}) {
    super()
    const { form = 'pyskl', adaptive = true } = options
    this.form = form
    this.adjacency = graph
    const { A, PA } = unitGraph(graph, form, adaptive)
    this.A = A
    this.PA = PA
    this.alpha = new Parameter([1], zeros)
    const width = relationChannels(inChannels, form)
    this.convs = Array.from({ length: graph.shape[0] }, () => new Ctrgc(inChannels, outChannels, width))
    this.bn = new BatchNorm(outChannels, { initialWeight: constantFill(1e-6) })
    this.down = channelProjection(inChannels, outChannels, HE_FAN_OUT)
  }

  /** x (N, C, T, V) to (N, O, T, V). */
  forward(x: Tensor): Tensor {
    const refined = this.bn.forward(this.aggregate(x))
    return relu(add(refined, this.down ? this.down.forward(x) : x))
  }

  /**
   * All subsets at once: conv1 and conv2 act on the mean over time (they are linear, so the mean commutes with them),
   * the three conv3 are one convolution, and alpha and A are folded into the small weights of conv4.
   */
  private aggregate(x: Tensor): Tensor {
    const [N, C, T, V] = x.shape
    const K = this.convs.length
    const O = this.convs[0].conv3.weight.shape[0]
    const graphs = reshape(this.refinedGraphs(reshape(mean(x, [2]), [N, C, V])), [N, K, O, V, V])
    const features = reshape(
      convolveTogether(
        x,
        this.convs.map(({ conv3 }) => conv3),
      ),
      [N, K, O, T, V],
    )
    const mixed = matmul(features, this.form === 'pyskl' ? graphs : swapLastAxes(graphs))
    return reshape(sum(mixed, [1]), [N, O, T, V])
  }

  /** Mean over time (N, C, V) to graphs (N, K, O, V * V). */
  private refinedGraphs(pooled: Tensor): Tensor {
    const [N, C, V] = pooled.shape
    const K = this.convs.length
    const [O, R] = this.convs[0].conv4.weight.shape
    const relations = [...this.convs.map(({ conv1 }) => conv1), ...this.convs.map(({ conv2 }) => conv2)]
    const weight = concat(
      relations.map((conv) => reshape(read(conv.weight), [R, C])),
      0,
    )
    const bias = concat(
      relations.map((conv) => reshape(read(conv.bias!), [R, 1])),
      0,
    )
    const [x1, x2] = split(add(matmul(weight, pooled), bias), 1, [K * R, K * R])
    const differences = subtract(reshape(x1, [N, K * R, V, 1]), reshape(x2, [N, K * R, 1, V]))
    const relation = reshape(tanh(differences), [N, K, R, V * V])
    const alpha = read(this.alpha)
    const conv4 = concat(
      this.convs.map((conv) => reshape(read(conv.conv4.weight), [1, O, R])),
      0,
    )
    const bias4 = concat(
      this.convs.map((conv) => reshape(read(conv.conv4.bias!), [1, O, 1])),
      0,
    )
    const base = add(multiply(bias4, alpha), reshape(readGraph(this, this.adjacency), [K, 1, V * V]))
    return add(matmul(multiply(conv4, alpha), relation), base)
  }
}

/** Channels in which joints are compared: an eighth of the input's, or 8 for coordinates. */
function relationChannels(inChannels: number, form: NetworkForm): number {
  const isNarrow = form === 'pyskl' ? inChannels <= 16 : inChannels < 8 || inChannels === 9
  return isNarrow ? 8 : Math.trunc(inChannels / 8)
}
