import type { Adjacency } from '../../skeleton/graph.ts'
import { agcnBlock } from '../blocks/agcn-block.ts'
import { UnitAagcn } from '../blocks/graph/unit-aagcn.ts'
import { TenBlocks, type TenBlocksOptions } from './ten-blocks.ts'

export interface OriginalAaGcnOptions extends TenBlocksOptions {
  /** Whether graphs are trained and refined by how the joints move. */
  readonly adaptive?: boolean
  /** Whether joints, frames and channels are weighted after each graph convolution. */
  readonly attention?: boolean
}

/**
 * AAGCN (Shi et al. 2020, "Skeleton-Based Action Recognition with Multi-Stream Adaptive Graph Convolutional Networks")
 * as its authors wrote it. With `adaptive` off their code does not run; here the graphs then stay as given.
 */
export class OriginalAaGcn extends TenBlocks {
  constructor(graph: Adjacency, { adaptive, attention, ...options }: OriginalAaGcnOptions = {}) {
    super(graph.shape[1], options, (stage) => {
      const { inChannels, outChannels } = stage
      return agcnBlock(stage, new UnitAagcn(inChannels, outChannels, graph, { form: 'original', adaptive, attention }))
    })
  }
}
