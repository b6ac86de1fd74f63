import { Dropout, type Forward, type Initializer, Linear, Module, Sequential } from '../nn/index.ts'
import { relu, type Tensor, type Variable } from '../tensor/index.ts'
import type { Backbone } from './backbone.ts'
import type { AlterGraph } from './blocks/graph/random-edges.ts'
import { meanOfClips } from './gcn-head.ts'

/** A backbone whose graph may be altered as it runs. */
export interface AlterableBackbone extends Backbone {
  forward(x: Tensor, alter?: AlterGraph): Tensor
}

export interface EncoderOptions {
  /** What the head is called in the state dict; default `fc`. */
  readonly headName?: string
  /** Probability of dropout in front of the head; default 0. */
  readonly dropout?: number
}

/** A backbone, the mean over frames, joints and persons, and a head, side by side in one state dict. */
export class Encoder<H extends Forward = Forward> extends Module {
  readonly backbone: AlterableBackbone
  readonly head: H
  private readonly headName: string
  protected readonly drop: Dropout

  constructor(backbone: AlterableBackbone, head: H, { headName = 'fc', dropout = 0 }: EncoderOptions = {}) {
    super()
    this.backbone = backbone
    this.head = head
    this.headName = headName
    this.drop = new Dropout(dropout)
  }

  override *variables(prefix = ''): Generator<[string, Variable]> {
    yield* this.backbone.variables(prefix)
    yield* this.head.variables(`${prefix}${this.headName}.`)
  }

  override *parts(): Generator<[string, Module]> {
    yield* this.backbone.parts()
    yield [this.headName, this.head]
  }

  /** x (N, M, T, V, C) to the features in front of the head (N, outChannels). */
  features(x: Tensor, alter?: AlterGraph): Tensor {
    return meanOfClips(this.backbone.forward(x, alter), x.shape[1])
  }

  /** x (N, M, T, V, C) to what the head makes of the features, (N, outputs). */
  forward(x: Tensor, alter?: AlterGraph): Tensor {
    return this.head.forward(this.drop.forward(this.features(x, alter)))
  }
}

export interface ProjectionHeadOptions {
  /** Whether another layer of the features' width and a ReLU stand in front of the last one; default true. */
  readonly mlp?: boolean
  /** First values of the last layer's weight. */
  readonly initialWeight?: Initializer
}

/**
 * The head of contrastive learning, one or two linear layers (Chen et al. 2020, "Improved Baselines with Momentum
 * Contrastive Learning", arXiv 2003.04297): features (N, width) to (N, outputs).
 */
export function projectionHead(
  width: number,
  outputs: number,
  { mlp = true, initialWeight }: ProjectionHeadOptions = {},
): Linear | Sequential {
  const last = new Linear(width, outputs, initialWeight)
  return mlp ? new Sequential(new Linear(width, width), relu, last) : last
}
