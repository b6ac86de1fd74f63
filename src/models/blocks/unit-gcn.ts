import type { Conv2d } from '../../nn/index.ts'
import { BatchNorm, Buffer, fillFrom, Module, Parameter, pointwise, Sequential, uniform } from '../../nn/index.ts'
import type { Adjacency } from '../../skeleton/graph.ts'
import {
  add,
  convolution,
  isTraining,
  matmul,
  multiply,
  read,
  relu,
  reshape,
  sum,
  swapLastAxes,
  type Tensor,
  transpose,
} from '../../tensor/index.ts'

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
    const normalized = this.bn.forward(this.mixed(x))
    if (!withRes) return relu(normalized)
    return relu(add(normalized, this.down ? this.down.forward(x) : x))
  }

  /** (K, V, V): y[w] = sum over v of x[v] A[k, v, w]. */
  private graph(): Tensor {
    const A = read(this.A)
    if (!this.PA) return A
    return this.options.adaptive === 'offset' ? add(A, read(this.PA)) : multiply(A, read(this.PA))
  }

  /**
   * Both orders give the same sum over subsets. Mixing the joints first has it inside the convolution, and an offset per
   * joint for the biases: faster for one clip, slower in training for the gradient of that offset.
   */
  private mixed(x: Tensor): Tensor {
    const A = this.graph()
    if (this.options.convPos === 'post') return this.conv.forward(mixJoints(x, A))
    const [, C, , V] = x.shape
    const K = A.shape[0]
    const O = this.bn.channels
    if (isTraining()) return this.convolveThenMix(x, A)
    const weight = transpose(reshape(read(this.conv.weight), [K, O, C]), [1, 0, 2])
    const bias = swapLastAxes(reshape(read(this.conv.bias!), [K, O]))
    const offset = matmul(bias, reshape(sum(A, [1]), [K, V]))
    return add(convolution(mixJoints(x, A), reshape(weight, [O, K * C, 1, 1])), reshape(offset, [1, O, 1, V]))
  }

  private convolveThenMix(x: Tensor, A: Tensor): Tensor {
    const [N, , T, V] = x.shape
    const [K] = A.shape
    const y = this.conv.forward(x)
    const O = y.shape[1] / K
    const mixed = matmul(reshape(y, [N, K, O * T, V]), A)
    return reshape(sum(mixed, [1]), [N, O, T, V])
  }
}

/** x (N, C, T, V) over every graph of A (K, V, V): (N, K * C, T, V). */
function mixJoints(x: Tensor, A: Tensor): Tensor {
  const [N, C, T, V] = x.shape
  return reshape(matmul(reshape(x, [N, 1, C * T, V]), A), [N, A.shape[0] * C, T, V])
}
