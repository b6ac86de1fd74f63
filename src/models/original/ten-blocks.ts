import { type BatchNorm, Module } from '../../nn/index.ts'
import type { Tensor } from '../../tensor/index.ts'
import { dataNorm, normalizedInput } from '../blocks/data-norm.ts'
import type { GcnBlock } from '../blocks/gcn-block.ts'
import { lastWidth, type Stage, stagesOf } from '../blocks/stages.ts'
import { blockOutputs, type StagedBackbone } from '../staged-backbone.ts'

export interface TenBlocksOptions {
  readonly inChannels?: number
  /** Channels of the first four blocks. */
  readonly baseChannels?: number
  readonly numPerson?: number
}

/**
 * What 2s-AGCN, AAGCN and CTR-GCN share in their authors' code: coordinates normalised per person, joint and channel,
 * and ten blocks that the state dict calls `l1` to `l10`.
 */
export class TenBlocks extends Module implements StagedBackbone {
  readonly data_bn: BatchNorm
  readonly blocks: readonly GcnBlock[]
  readonly stages: readonly Stage[]
  readonly outChannels: number

  constructor(joints: number, options: TenBlocksOptions, block: (stage: Stage) => GcnBlock) {
    super()
    const { inChannels = 3, baseChannels, numPerson = 2 } = options
    this.stages = stagesOf(inChannels, { baseChannels }, false)
    this.data_bn = dataNorm('MVC', numPerson, joints, inChannels)
    this.blocks = this.stages.map(block)
    this.outChannels = lastWidth(inChannels, this.stages)
  }

  override *parts(): Generator<[string, Module]> {
    yield ['data_bn', this.data_bn]
    for (const [i, block] of this.blocks.entries()) yield [`l${i + 1}`, block]
  }

  /** x (N, M, T, V, C) to (N * M, outChannels, T', V). */
  forward(x: Tensor): Tensor {
    return this.forwardStages(x).at(-1)!
  }

  forwardStages(x: Tensor): Tensor[] {
    return blockOutputs(this.blocks, normalizedInput(x, this.data_bn))
  }
}
