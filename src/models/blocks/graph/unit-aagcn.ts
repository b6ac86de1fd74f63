import {
  BatchNorm,
  type Buffer,
  type Conv1d,
  type Conv2d,
  constantFill,
  type Linear,
  Module,
  Parameter,
  type Sequential,
  zeros,
} from '../../../nn/index.ts'
import type { Adjacency } from '../../../skeleton/graph.ts'
import { add, multiply, read, relu, type Tensor, tanh } from '../../../tensor/index.ts'
import { jointSimilarities } from '../attention/joint-similarity.ts'
import { attend, type StcAttention, stcAttention } from '../attention/stc-attention.ts'
import { HE_FAN_OUT } from '../he-initialization.ts'
import { channelProjection } from '../residual.ts'
import { convolveMixed } from './mix-joints.ts'
import { embeddings, summedConvolutions } from './subset-convolutions.ts'
import { type NetworkForm, readGraph, unitGraph } from './unit-graph.ts'

export interface UnitAagcnOptions {
  readonly form?: NetworkForm
  /** Whether the graph is trained and refined by how the joints move; else it stays as given. */
  readonly adaptive?: boolean
  /** Whether joints, frames and channels are weighted at the end. */
  readonly attention?: boolean
  /** How many times narrower than the output the embeddings are that compare joints. */
  readonly coffEmbedding?: number
}

/**
 * Adaptive graph convolution of AAGCN (Shi et al. 2020, "Skeleton-Based Action Recognition with Multi-Stream Adaptive
 * Graph Convolutional Networks"): the sum over subsets k of conv_d_k(x G_k), G_k = A_k + alpha * tanh(similarity of
 * the joints); batch normalisation, residual, ReLU; then the attentions.
 */
export class UnitAagcn extends Module {
  readonly A?: Parameter | Buffer
  readonly PA?: Parameter
  readonly alpha?: Parameter
  readonly conv_d: readonly Conv2d[]
  readonly conv_a?: readonly Conv2d[]
  readonly conv_b?: readonly Conv2d[]
  readonly conv_ta?: Conv1d
  readonly conv_sa?: Conv1d
  readonly fc1c?: Linear
  readonly fc2c?: Linear
  readonly down?: Sequential
  readonly bn: BatchNorm
  private readonly adjacency: Adjacency
  private readonly attention?: StcAttention

  constructor(inChannels: number, outChannels: number, graph: Adjacency, options: UnitAagcnOptions = {}) {
    super()
    const { form = 'pyskl', adaptive = true, attention = true, coffEmbedding = 4 } = options
    const [K, V] = graph.shape
    this.adjacency = graph
    const { A, PA } = unitGraph(graph, form, adaptive)
    this.A = A
    this.PA = PA
    this.conv_d = summedConvolutions(inChannels, outChannels, K)
    if (adaptive) {
      const width = Math.floor(outChannels / coffEmbedding)
      this.alpha = new Parameter([1], zeros)
      this.conv_a = embeddings(inChannels, width, K)
      this.conv_b = embeddings(inChannels, width, K)
    }
    if (attention) {
      this.attention = stcAttention(outChannels, V)
      this.conv_ta = this.attention.conv_ta
      this.conv_sa = this.attention.conv_sa
      this.fc1c = this.attention.fc1c
      this.fc2c = this.attention.fc2c
    }
    this.down = channelProjection(inChannels, outChannels, HE_FAN_OUT)
    this.bn = new BatchNorm(outChannels, { initialWeight: constantFill(1e-6) })
  }

  /** x (N, C, T, V) to (N, O, T, V). */
  forward(x: Tensor): Tensor {
    const mixed = this.bn.forward(convolveMixed(x, this.graphs(x), this.conv_d))
    const y = relu(add(mixed, this.down ? this.down.forward(x) : x))
    return this.attention ? attend(y, this.attention) : y
  }

  /** (K, V, V), or (N, K, V, V) where the graph depends on x. */
  private graphs(x: Tensor): Tensor {
    const graph = readGraph(this, this.adjacency)
    if (!this.alpha || !this.conv_a || !this.conv_b) return graph
    return add(multiply(tanh(jointSimilarities(x, this.conv_a, this.conv_b)), read(this.alpha)), graph)
  }
}
