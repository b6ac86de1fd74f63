import type { BatchNorm, Module } from '../../nn/index.ts'
import { BlockBackbone } from '../block-backbone.ts'
import { dataNorm } from '../blocks/data-norm.ts'
import type { GcnBlock } from '../blocks/gcn-block.ts'
import { type Stage, stagesOf } from '../blocks/stages.ts'

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
export class TenBlocks extends BlockBackbone {
  override readonly data_bn: BatchNorm
  readonly blocks: readonly GcnBlock[]

  constructor(joints: number, options: TenBlocksOptions, block: (stage: Stage) => GcnBlock) {
    const { inChannels = 3, baseChannels, numPerson = 2 } = options
    super(inChannels, stagesOf(inChannels, { baseChannels }, false))
    this.data_bn = dataNorm('MVC', numPerson, joints, inChannels)
    this.blocks = this.stages.map(block)
  }

  override *parts(): Generator<[string, Module]> {
    yield ['data_bn', this.data_bn]
    for (const [i, block] of this.blocks.entries()) yield [`l${i + 1}`, block]
  }

  protected override sequence(): readonly GcnBlock[] {
    return this.blocks
  }
}
