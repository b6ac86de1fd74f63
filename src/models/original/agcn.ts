import type { Adjacency } from '../../skeleton/graph.ts'
import { agcnBlock } from '../blocks/agcn-block.ts'
import { UnitAgcn } from '../blocks/graph/unit-agcn.ts'
import { TenBlocks, type TenBlocksOptions } from './ten-blocks.ts'

/**
 * One stream of 2s-AGCN (Shi et al. 2019, "Two-Stream Adaptive Graph Convolutional Networks for Skeleton-Based Action
 * Recognition") as its authors wrote it. The second stream is the same network on bones.
 */
export class OriginalAgcn extends TenBlocks {
  constructor(graph: Adjacency, options: TenBlocksOptions = {}) {
    super(graph.shape[1], options, (stage) =>
      agcnBlock(stage, new UnitAgcn(stage.inChannels, stage.outChannels, graph)),
    )
  }
}
