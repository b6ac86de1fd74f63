import type { Conv2d } from '../../../nn/index.ts'
import {
  BatchNorm,
  Buffer,
  fillFrom,
  Module,
  ones,
  Parameter,
  pointwise,
  type Sequential,
  uniform,
} from '../../../nn/index.ts'
import type { Adjacency } from '../../../skeleton/graph.ts'
import { add, isTraining, multiply, read, relu, type Tensor } from '../../../tensor/index.ts'
import { channelProjection } from '../residual.ts'
import { convolveMixedFirst, mixJoints, sumMixed } from './mix-joints.ts'

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
    const { adaptive = 'importance', convPos = 'pre', withRes = false } = options
    this.options = { adaptive, convPos, withRes }
    const subsets = graph.shape[0]
    this.A =
      adaptive === 'init'
        ? new Parameter(graph.shape, fillFrom(graph.data))
        : new Buffer(Float32Array.from(graph.data), graph.shape)
    if (adaptive === 'offset') this.PA = new Parameter(graph.shape, uniform(-1e-6, 1e-6))
    if (adaptive === 'importance') this.PA = new Parameter(graph.shape, ones)
    this.bn = new BatchNorm(outChannels)
    this.conv =
      convPos === 'pre' ? pointwise(inChannels, outChannels * subsets) : pointwise(inChannels * subsets, outChannels)
    if (withRes) this.down = channelProjection(inChannels, outChannels)
  }

  /** x (N, C, T, V) to (N, O, T, V). */
  forward(x: Tensor): Tensor {
    const { withRes } = this.options
    const A = this.graph()
    const normalized = this.bn.forward(this.mixed(x, A))
    if (!withRes) return relu(normalized)
    return relu(add(normalized, this.down ? this.down.forward(x) : x))
  }

  private mixed(x: Tensor, A: Tensor): Tensor {
    if (this.options.convPos === 'post') return this.conv.forward(mixJoints(x, A))
    return isTraining() ? sumMixed(this.conv.forward(x), A) : convolveMixedFirst(x, A, this.conv)
  }

  /** (K, V, V): y[w] = sum over v of x[v] A[k, v, w]. */
  private graph(): Tensor {
    const A = read(this.A)
    if (!this.PA) return A
    return this.options.adaptive === 'offset' ? add(A, read(this.PA)) : multiply(A, read(this.PA))
  }
}
