import { BatchNorm, type Conv2d, constantFill, Module, Parameter, type Sequential } from '../../../nn/index.ts'
import type { Adjacency } from '../../../skeleton/graph.ts'
import { add, read, relu, type Tensor } from '../../../tensor/index.ts'
import { similarityWeights } from '../attention/joint-similarity.ts'
import { HE_FAN_OUT } from '../he-initialization.ts'
import { channelProjection } from '../residual.ts'
import { convolveMixed } from './mix-joints.ts'
import { embeddings, summedConvolutions } from './subset-convolutions.ts'
import { fixedGraph } from './unit-graph.ts'

/** How many times narrower than the output the embeddings are that compare joints. */
const COFF_EMBEDDING = 4

/**
 * Adaptive graph convolution of 2s-AGCN (Shi et al. 2019, section 3.2): the sum over subsets k of conv_d_k(x G_k) with
 * G_k = A_k + PA_k + softmax(similarity of the joints); batch normalisation, residual, ReLU. A is fixed.
 */
export class UnitAgcn extends Module {
  readonly PA: Parameter
  readonly conv_a: readonly Conv2d[]
  readonly conv_b: readonly Conv2d[]
  readonly conv_d: readonly Conv2d[]
  readonly down?: Sequential
  readonly bn: BatchNorm
  private readonly adjacency: Adjacency

  constructor(inChannels: number, outChannels: number, graph: Adjacency) {
    super()
    const K = graph.shape[0]
    const width = Math.floor(outChannels / COFF_EMBEDDING)
    this.adjacency = graph
    this.PA = new Parameter(graph.shape, constantFill(1e-6))
    this.conv_a = embeddings(inChannels, width, K)
    this.conv_b = embeddings(inChannels, width, K)
    this.conv_d = summedConvolutions(inChannels, outChannels, K)
    this.down = channelProjection(inChannels, outChannels, HE_FAN_OUT)
    this.bn = new BatchNorm(outChannels, { initialWeight: constantFill(1e-6) })
  }

  /** x (N, C, T, V) to (N, O, T, V). */
  forward(x: Tensor): Tensor {
    const graph = add(fixedGraph(this.adjacency), read(this.PA))
    const similarity = similarityWeights(x, this.conv_a, this.conv_b)
    const mixed = this.bn.forward(convolveMixed(x, add(similarity, graph), this.conv_d))
    return relu(add(mixed, this.down ? this.down.forward(x) : x))
  }
}
