import type { Adjacency } from '../../skeleton/graph.ts'
import { type MsG3dOptions, MsG3dStages } from '../blocks/msg3d/stages.ts'

/**
 * MS-G3D (Liu et al. 2020, "Disentangling and Unifying Graph Convolutions for Skeleton-Based Action Recognition") as its
 * authors wrote it: graphs are normalised symmetrically, and features are summed over the other index of them than in
 * PYSKL.
 */
export class OriginalMsG3d extends MsG3dStages {
  constructor(graph: Adjacency, options: Omit<MsG3dOptions, 'tcnDropout'> = {}) {
    super(graph, options, 'original')
  }
}
