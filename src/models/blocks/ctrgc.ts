import {
  BatchNorm,
  type Conv2d,
  constantFill,
  fillFrom,
  kaimingNormalFanOut,
  Module,
  Parameter,
  pointwise,
  Sequential,
} from '../../nn/index.ts'
import type { Adjacency } from '../../skeleton/graph.ts'
import {
  add,
  concat,
  convolution,
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
} from '../../tensor/index.ts'

/** Which index of the refined graph the features are summed over: PYSKL and the original code differ in it. */
export type Aggregation = 'pyskl' | 'original'

/** He initialisation by fan out with zero biases, as in CTR-GCN. */
const INITIAL = { initialWeight: kaimingNormalFanOut, initialBias: constantFill(0) }

/** The convolutions of one subset of channel-wise topology refinement (CTR-GCN section 3.2). */
class Ctrgc extends Module {
  readonly conv1: Conv2d
  readonly conv2: Conv2d
  readonly conv3: Conv2d
  readonly conv4: Conv2d

  constructor(inChannels: number, outChannels: number, relationChannels: number) {
    super()
    this.conv1 = pointwise(inChannels, relationChannels, INITIAL)
    this.conv2 = pointwise(inChannels, relationChannels, INITIAL)
    this.conv3 = pointwise(inChannels, outChannels, INITIAL)
    this.conv4 = pointwise(relationChannels, outChannels, INITIAL)
  }
}

export interface UnitCtrgcnOptions {
  readonly relationChannels: number
  readonly aggregation?: Aggregation
}

/**
 * Channel-wise topology refinement graph convolution: per subset k and channel c a graph
 * G = alpha * conv4(tanh(x1[u] - x2[v])) + A_k; the sum over subsets of conv3(x) G, batch normalisation, residual, ReLU.
 */
export class UnitCtrgcn extends Module {
  readonly A: Parameter
  readonly alpha: Parameter
  readonly convs: readonly Ctrgc[]
  readonly bn: BatchNorm
  readonly down?: Sequential
  private readonly aggregation: Aggregation

  constructor(inChannels: number, outChannels: number, graph: Adjacency, options: UnitCtrgcnOptions) {
    super()
    this.aggregation = options.aggregation ?? 'pyskl'
    this.A = new Parameter(graph.shape, fillFrom(graph.data))
    this.alpha = new Parameter([1], constantFill(0))
    this.convs = Array.from(
      { length: graph.shape[0] },
      () => new Ctrgc(inChannels, outChannels, options.relationChannels),
    )
    this.bn = new BatchNorm(outChannels, { initialWeight: constantFill(1e-6) })
    if (inChannels !== outChannels) {
      this.down = new Sequential(pointwise(inChannels, outChannels, INITIAL), new BatchNorm(outChannels))
    }
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
    const weight = concat(
      this.convs.map(({ conv3 }) => read(conv3.weight)),
      0,
    )
    const bias = concat(
      this.convs.map(({ conv3 }) => read(conv3.bias!)),
      0,
    )
    const features = reshape(convolution(x, weight, bias), [N, K, O, T, V])
    const mixed = matmul(features, this.aggregation === 'pyskl' ? graphs : swapLastAxes(graphs))
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
    const base = add(multiply(bias4, alpha), reshape(read(this.A), [K, 1, V * V]))
    return add(matmul(multiply(conv4, alpha), relation), base)
  }
}
