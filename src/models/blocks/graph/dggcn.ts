import {
  BatchNorm,
  type Conv2d,
  type Initializer,
  Module,
  normal,
  Parameter,
  pointwise,
  Sequential,
  zeros,
} from '../../../nn/index.ts'
import {
  add,
  matmul,
  mean,
  multiply,
  read,
  relu,
  reshape,
  slice,
  softmax,
  split,
  subtract,
  type Tensor,
  tanh,
  transpose,
} from '../../../tensor/index.ts'
import { convolveTogether } from '../joined-convolution.ts'
import { channelProjection } from '../residual.ts'

/** Whether a term of the graph is of the mean over time, of each frame, or absent. */
export type GraphTerm = 'T' | 'NA' | null

/** Shape (K, V, V) and first values of trained graphs. */
export interface InitialGraph {
  readonly shape: readonly [number, number, number]
  readonly initial: Initializer
}

export interface DgGcnOptions {
  /** Channels per graph as a part of the outputs; null for one by the number of graphs. */
  readonly ratio?: number | null
  /** Channel-wise term: tanh of the difference of two joints. */
  readonly ctr?: GraphTerm
  /** Channel-agnostic term: softmax of the product of two joints. */
  readonly ada?: GraphTerm
  /** Whether each graph has weights of its own for the two terms; else all take the first. */
  readonly subsetWise?: boolean
}

/** `numFilter` graphs of `nodes` nodes without a prior: normal values, of mean 0.04 and deviation 0.02 as published. */
export function randomGraphs(numFilter: number, nodes: number): InitialGraph {
  return { shape: [numFilter, nodes, nodes], initial: normal(0.04, 0.02) }
}

/**
 * Dynamic group graph convolution of DG-STGCN (section 3.2; PYSKL `dggcn`): K groups of channels, each aggregated over
 * G = A_k + alpha_k tanh(x1[v] - x2[w]) + beta_k softmax_v(x1[v] . x2[w]), mixed by a 1x1 convolution.
 */
export class DgGcn extends Module {
  readonly A: Parameter
  readonly alpha: Parameter
  readonly beta: Parameter
  readonly pre: Sequential
  readonly post: Conv2d
  readonly conv1?: Conv2d
  readonly conv2?: Conv2d
  readonly down?: Sequential
  readonly bn: BatchNorm
  private readonly ctr: GraphTerm
  private readonly ada: GraphTerm
  private readonly subsetWise: boolean

  constructor(inChannels: number, outChannels: number, graph: InitialGraph, options: DgGcnOptions = {}) {
    super()
    const { ratio = 0.25, ctr = 'T', ada = 'T', subsetWise = false } = options
    const subsets = graph.shape[0]
    const grouped = Math.trunc((ratio ?? 1 / subsets) * outChannels) * subsets
    this.A = new Parameter(graph.shape, graph.initial)
    this.alpha = new Parameter([subsets], zeros)
    this.beta = new Parameter([subsets], zeros)
    this.pre = new Sequential(pointwise(inChannels, grouped), new BatchNorm(grouped), relu)
    this.post = pointwise(grouped, outChannels)
    if (ctr || ada) {
      this.conv1 = pointwise(inChannels, grouped)
      this.conv2 = pointwise(inChannels, grouped)
    }
    this.down = channelProjection(inChannels, outChannels)
    this.bn = new BatchNorm(outChannels)
    this.ctr = ctr
    this.ada = ada
    this.subsetWise = subsetWise
  }

  /** x (N, C, T, V) to (N, O, T, V). */
  forward(x: Tensor): Tensor {
    const [N, , T, V] = x.shape
    const features = this.pre.forward(x)
    const K = this.A.shape[0]
    const grouped = reshape(features, [N, K, features.shape[1] / K, T, V])
    const mixed = reshape(aggregate(grouped, this.graphs(x)), features.shape)
    return relu(add(this.bn.forward(this.post.forward(mixed)), this.down ? this.down.forward(x) : x))
  }

  /** The graphs (N or 1, K, C or 1, T or 1, V, V) of the input. */
  private graphs(x: Tensor): Tensor {
    const [K, V] = this.A.shape
    const prior = reshape(read(this.A), [1, K, 1, 1, V, V])
    if (!this.conv1 || !this.conv2) return prior
    const perFrame = this.ctr === 'NA' || this.ada === 'NA'
    const joined = convolveTogether(perFrame ? x : mean(x, [2]), [this.conv1, this.conv2])
    const [N, both, T] = joined.shape
    const C = both / 2 / K
    const [x1, x2] = split(joined, 1, [K * C, K * C]).map((part) => reshape(part, [N, K, C, T, V]))
    let graphs = prior
    if (this.ada) {
      const products = matmul(transpose(x1, [0, 1, 3, 4, 2]), transpose(x2, [0, 1, 3, 2, 4]))
      const shares = softmax(products, -2)
      graphs = add(multiply(reshape(shares, [N, K, 1, T, V, V]), this.weight(this.beta)), graphs)
    }
    if (this.ctr) {
      const differences = subtract(reshape(x1, [N, K, C, T, V, 1]), reshape(x2, [N, K, C, T, 1, V]))
      graphs = add(multiply(tanh(differences), this.weight(this.alpha)), graphs)
    }
    return graphs
  }

  /** Weights of a term, one for all graphs or one per graph. */
  private weight(weights: Parameter): Tensor {
    if (this.subsetWise) return reshape(read(weights), [1, weights.shape[0], 1, 1, 1, 1])
    return slice(read(weights), 0, 0, 1)
  }
}

/** y[n, k, c, t, w] = sum over v of x[n, k, c, t, v] G[n, k, c, t, v, w], where G may have length 1 along n, c and t. */
function aggregate(x: Tensor, graphs: Tensor): Tensor {
  const [N, K, C, T, V] = x.shape
  const [samples, , channels, frames] = graphs.shape
  if (frames === 1 && channels === 1) {
    return reshape(matmul(reshape(x, [N, K, C * T, V]), reshape(graphs, [samples, K, V, V])), x.shape)
  }
  if (frames === 1) return matmul(x, reshape(graphs, [samples, K, channels, V, V]))
  if (channels === 1) {
    const byFrame = [0, 1, 3, 2, 4]
    return transpose(matmul(transpose(x, byFrame), reshape(graphs, [samples, K, frames, V, V])), byFrame)
  }
  return reshape(matmul(reshape(x, [N, K, C, T, 1, V]), graphs), x.shape)
}
