import { projectionHead } from '../../models/encoder.ts'
import { meanOfClips } from '../../models/gcn-head.ts'
import { OriginalAgcn } from '../../models/original/agcn.ts'
import { type Linear, Module, normal, type Sequential } from '../../nn/index.ts'
import type { Adjacency } from '../../skeleton/graph.ts'
import type { Tensor } from '../../tensor/index.ts'

export interface GraphEncoderOptions {
  readonly numClass: number
  readonly inChannels?: number
  readonly numPerson?: number
  /** Channels of the first four blocks. Default 64. */
  readonly width?: number
  /** Whether a linear layer and a ReLU stand before the last layer; default false. */
  readonly mlp?: boolean
}

/** The encoder that the attack deceives: one stream of 2s-AGCN, with features before its last layer. */
export class GraphEncoder extends Module {
  readonly featureSize: number
  readonly numPerson: number
  private readonly backbone: OriginalAgcn
  readonly fc: Linear | Sequential

  /** @param graph identity, inward and outward (`spatial`) */
  constructor(graph: Adjacency, { numClass, inChannels, numPerson = 2, width, mlp = false }: GraphEncoderOptions) {
    super()
    this.backbone = new OriginalAgcn(graph, { inChannels, numPerson, baseChannels: width })
    this.numPerson = numPerson
    this.featureSize = this.backbone.outChannels
    this.fc = projectionHead(this.featureSize, numClass, { mlp, initialWeight: normal(0, Math.sqrt(2 / numClass)) })
  }

  /** As in the authors' state dict, where the backbone has no name of its own. */
  override *parts(): Generator<[string, Module]> {
    yield* this.backbone.parts()
    yield ['fc', this.fc]
  }

  /** x (N, M, T, V, C) to (N, featureSize): the mean over frames, joints and persons. */
  features(x: Tensor): Tensor {
    return meanOfClips(this.backbone.forward(x), x.shape[1])
  }

  /** x (N, M, T, V, C) to (N, numClass). */
  forward(x: Tensor): Tensor {
    return this.fc.forward(this.features(x))
  }
}
