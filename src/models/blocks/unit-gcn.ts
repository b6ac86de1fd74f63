import type { Conv2d } from '../../nn/index.ts'
import { BatchNorm, Buffer, fillFrom, Module, Parameter, pointwise, Sequential, uniform } from '../../nn/index.ts'
import type { Adjacency } from '../../skeleton/graph.ts'
import { add, matmul, multiply, read, relu, reshape, sum, type Tensor } from '../../tensor/index.ts'

/** How the graph is learned: not at all, from its initial value, by an added or by a multiplied matrix. */
export type GcnAdaptive = 'init' | 'offset' | 'importance' | null

export interface UnitGcnOptions {
  readonly adaptive?: GcnAdaptive
  /** Whether the channels are mixed before or after the joints are. */
  readonly convPos?: 'pre' | 'post'
  /** Whether a residual is added before the ReLU. */
  readonly withRes?: boolean
}

/** Spatial graph convolution of PYSKL: sum over subsets k of W_k x A_k, batch normalisation, ReLU. */
export class UnitGcn extends Module {
  readonly A: Parameter | Buffer
  readonly PA?: Parameter
  readonly bn: BatchNorm
  readonly conv: Conv2d
  readonly down?: Sequential
  private readonly options: Required<UnitGcnOptions>

  constructor(inChannels: number, outChannels: number, graph: Adjacency, options: UnitGcnOptions = {}) {
    super()
    this.options = { adaptive: 'importance', convPos: 'pre', withRes: false, ...options }
    const { adaptive, convPos, withRes } = this.options
    const subsets = graph.shape[0]
    this.A =
      adaptive === 'init'
        ? new Parameter(graph.shape, fillFrom(graph.data))
        : new Buffer(Float32Array.from(graph.data), graph.shape)
    if (adaptive === 'offset') this.PA = new Parameter(graph.shape, uniform(-1e-6, 1e-6))
    if (adaptive === 'importance') this.PA = new Parameter(graph.shape, (values) => values.fill(1))
    this.bn = new BatchNorm(outChannels)
    this.conv =
      convPos === 'pre' ? pointwise(inChannels, outChannels * subsets) : pointwise(inChannels * subsets, outChannels)
    if (withRes && inChannels !== outChannels) {
      this.down = new Sequential(pointwise(inChannels, outChannels), new BatchNorm(outChannels))
    }
  }

  /** x (N, C, T, V) to (N, O, T, V). */
  forward(x: Tensor): Tensor {
    const { withRes } = this.options
    const mixed = this.options.convPos === 'pre' ? this.convolveThenMix(x) : this.mixThenConvolve(x)
    const normalized = this.bn.forward(mixed)
    if (!withRes) return relu(normalized)
    return relu(add(normalized, this.down ? this.down.forward(x) : x))
  }

  /** (K, V, V): y[w] = sum over v of x[v] A[k, v, w]. */
  private graph(): Tensor {
    const A = read(this.A)
    if (!this.PA) return A
    return this.options.adaptive === 'offset' ? add(A, read(this.PA)) : multiply(A, read(this.PA))
  }

  private convolveThenMix(x: Tensor): Tensor {
    const [N, , T, V] = x.shape
    const A = this.graph()
    const K = A.shape[0]
    const y = this.conv.forward(x)
    const O = y.shape[1] / K
    const mixed = matmul(reshape(y, [N, K, O * T, V]), A)
    return reshape(sum(mixed, [1]), [N, O, T, V])
  }

  private mixThenConvolve(x: Tensor): Tensor {
    const [N, C, T, V] = x.shape
    const A = this.graph()
    const mixed = matmul(reshape(x, [N, 1, C * T, V]), A)
    return this.conv.forward(reshape(mixed, [N, A.shape[0] * C, T, V]))
  }
}
