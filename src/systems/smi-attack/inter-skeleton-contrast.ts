import {
  type Buffer,
  crossEntropy,
  initialize,
  Module,
  moveTowards,
  nameParts,
  type Parameter,
} from '../../nn/index.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { Adjacency } from '../../skeleton/graph.ts'
import { add, full, normalize, stopGradient, type Tensor, type Variable } from '../../tensor/index.ts'
import { enqueue, featureQueue, queueLogits, queuePointer } from '../../train/representation/feature-queue.ts'
import { GraphEncoder } from './graph-encoder.ts'
import { SequenceEncoder, sequenceForm } from './sequence-encoder.ts'

export interface ContrastOptions {
  /** Length of what the encoders give (moco-dim). */
  readonly dim: number
  /** Columns of a queue (moco-k). */
  readonly K: number
  /** Share of itself that a key encoder keeps (moco-m). */
  readonly m: number
  /** Temperature (moco-t). */
  readonly T: number
  readonly mlp: boolean
  /** Channels of the graph encoder's first blocks. */
  readonly width?: number
  readonly hiddenSize?: number
  readonly layers?: number
}

/** Persons, joints and channels of the clips. */
export interface PoseSize {
  readonly persons: number
  readonly joints: number
  readonly channels: number
}

/** A view of clips in both forms: graphs (N, M, T, V, C) and sequences (N, T, V * C * M). */
export interface TwoForms {
  readonly graph: Tensor
  readonly sequence: Tensor
}

export interface ContrastOutput {
  readonly loss: Tensor
  /** (N, 1 + K), the positive first. */
  readonly logits: { readonly sequence: Tensor; readonly graph: Tensor }
}

/**
 * Pretraining without labels, on two representations of a motion (Thoker et al. 2021, "Skeleton-Contrastive 3D Action
 * Representation Learning", arXiv 2108.03656, as released with the attack): each encoder's query of one view is
 * contrasted with the other encoder's key of the other view, and with the queue of such keys. Names as in the authors'
 * state dict.
 */
export class InterSkeletonContrast extends Module {
  /** Of sequences: query and key. */
  readonly encoder_q: SequenceEncoder
  readonly encoder_k: SequenceEncoder
  /** Of graphs: query and key. The query is what the attack deceives. */
  readonly encoder_r: GraphEncoder
  readonly encoder_l: GraphEncoder
  /** Sequence keys. */
  readonly Queue_S1: Buffer
  /** Graph keys. */
  readonly Queue_S2: Buffer
  readonly pointer = queuePointer()
  readonly size: PoseSize
  private readonly settings: Pick<ContrastOptions, 'm' | 'T'>

  constructor(graph: Adjacency, size: PoseSize, options: ContrastOptions, random: RandomStream) {
    super()
    const { dim: numClass, K, mlp, width, hiddenSize, layers } = options
    const inputSize = size.joints * size.channels * size.persons
    const sequence = () => new SequenceEncoder({ numClass, inputSize, hiddenSize, layers, mlp })
    const { channels: inChannels, persons: numPerson } = size
    const ofGraph = () => new GraphEncoder(graph, { numClass, inChannels, numPerson, width, mlp })
    this.encoder_q = sequence()
    this.encoder_k = sequence()
    this.encoder_r = ofGraph()
    this.encoder_l = ofGraph()
    this.Queue_S1 = featureQueue(numClass, K, random.fork('Queue_S1'))
    this.Queue_S2 = featureQueue(numClass, K, random.fork('Queue_S2'))
    this.size = size
    this.settings = { m: options.m, T: options.T }
    nameParts(this)
    this.start(random)
  }

  /** What an optimiser changes: the query encoders. */
  trained(): Parameter[] {
    return [...this.encoder_q.parameters(), ...this.encoder_r.parameters()]
  }

  /** The key encoders' parameters, in the order of `trained`. */
  keys(): Parameter[] {
    return [...this.encoder_k.parameters(), ...this.encoder_l.parameters()]
  }

  /** The loss of a batch: two views (N, M, T, V, C) of the same clips. */
  forward(first: Tensor, second: Tensor): ContrastOutput {
    return this.contrast(inTwoForms(first), inTwoForms(second))
  }

  /**
   * The loss of a batch of which each form of each view is given. The keys follow the queries before they look at the
   * second view, and the queues take them in behind the logits.
   */
  contrast(first: TwoForms, second: TwoForms): ContrastOutput {
    const { m, T } = this.settings
    const query = normalize(this.encoder_q.forward(first.sequence))
    const graphQuery = normalize(this.encoder_r.forward(first.graph))
    moveTowards(...inBanks(this.keys(), this.trained()), m)
    const key = stopGradient(normalize(this.encoder_k.forward(second.sequence)))
    const graphKey = stopGradient(normalize(this.encoder_l.forward(second.graph)))
    const logits = {
      sequence: queueLogits(query, graphKey, this.Queue_S2, T),
      graph: queueLogits(graphQuery, key, this.Queue_S1, T),
    }
    enqueue(this.pointer, [
      { queue: this.Queue_S1, keys: key },
      { queue: this.Queue_S2, keys: graphKey },
    ])
    const positive = full([first.graph.shape[0]], 0, 'i32')
    return { loss: add(crossEntropy(logits.sequence, positive), crossEntropy(logits.graph, positive)), logits }
  }

  private start(random: RandomStream): void {
    for (const encoder of [this.encoder_q, this.encoder_r]) initialize(encoder, random.fork(encoder.constructor.name))
    this.encoder_q.initializeWeights(random.fork('recurrent weights'))
    const queries = this.trained()
    this.keys().forEach((key, i) => {
      key.values.set(queries[i].values)
    })
  }
}

function inTwoForms(view: Tensor): TwoForms {
  return { graph: view, sequence: sequenceForm(view) }
}

/** Variables of two lists, or the banks that hold all of each in the same order: then few operators do for all. */
function inBanks(
  targets: readonly Variable[],
  sources: readonly Variable[],
): [readonly Variable[], readonly Variable[]] {
  const [target, source] = [targets, sources].map((list) => {
    const { bank } = list[0]
    return bank && bank.pieces.length === list.length && list.every((piece, i) => piece === bank.pieces[i])
      ? bank
      : undefined
  })
  return target && source ? [[target], [source]] : [targets, sources]
}
