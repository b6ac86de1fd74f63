import { Buffer } from '../nn/index.ts'
import type { Adjacency } from '../skeleton/graph.ts'
import { type MsG3dOptions, MsG3dStages } from './blocks/msg3d/stages.ts'

export type { MsG3dOptions } from './blocks/msg3d/stages.ts'

/**
 * MS-G3D (Liu et al. 2020, "Disentangling and Unifying Graph Convolutions for Skeleton-Based Action Recognition") in
 * PYSKL's form.
 */
export class MsG3d extends MsG3dStages {
  /** The adjacency, which PYSKL keeps in the state; the network computes with the graphs made of it. */
  readonly A: Buffer

  constructor(graph: Adjacency, options: MsG3dOptions = {}) {
    super(graph, options, 'pyskl')
    const joints = graph.shape[1]
    this.A = new Buffer(Float32Array.from(graph.data.subarray(0, joints * joints)), [joints, joints])
  }
}
