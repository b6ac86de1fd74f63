import type { Adjacency } from '../../skeleton/graph.ts'
import { ctrGcnBlock } from '../blocks/ctrgcn-block.ts'
import { TenBlocks, type TenBlocksOptions } from './ten-blocks.ts'

export interface OriginalCtrGcnOptions extends TenBlocksOptions {
  /** Whether the graphs are trained. */
  readonly adaptive?: boolean
}

/**
 * CTR-GCN (Chen et al. 2021, "Channel-wise Topology Refinement Graph Convolution") as its authors wrote it: features
 * are summed over the other index of the refined graph than in PYSKL, and no ReLU follows the temporal branches.
 */
export class OriginalCtrGcn extends TenBlocks {
  constructor(graph: Adjacency, { adaptive, ...options }: OriginalCtrGcnOptions = {}) {
    super(graph.shape[1], options, (stage) => ctrGcnBlock(stage, graph, { form: 'original', adaptive }))
  }
}
