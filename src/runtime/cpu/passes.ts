import { simplify, type Tensor } from '../../tensor/index.ts'
import { blockConvolutions } from './block-convolutions.ts'
import { fuseAffine } from './fuse-affine.ts'
import { fuseDot } from './fuse-dot.ts'
import { fuseMatmul } from './fuse-matmul.ts'
import { gatherStrided } from './gather-strided.ts'
import './operators.ts'
import { stageReductions } from './stage-reductions.ts'
import { sumRows } from './sum-rows.ts'

/** A rewrite of a graph that changes how its outputs are computed, not what they are. */
export interface Pass {
  readonly name: string
  readonly apply: (roots: readonly Tensor[]) => Tensor[]
}

/**
 * What makes a graph fast on ONNX Runtime's CPU provider, in order.
 * @param block channels per block of the blocked layout; 0 where there is none
 */
export function cpuPasses(block = 0): readonly Pass[] {
  const blocked: Pass = { name: 'block-convolutions', apply: (roots) => blockConvolutions(roots, block) }
  return block > 1 ? [...CPU_PASSES, blocked, { name: 'simplify blocked', apply: simplify }] : CPU_PASSES
}

/** The passes that do not depend on the processor. */
export const CPU_PASSES: readonly Pass[] = [
  { name: 'simplify', apply: (roots) => simplify(simplify(roots)) },
  { name: 'fuse-dot', apply: fuseDot },
  { name: 'fuse-matmul', apply: fuseMatmul },
  { name: 'fuse-affine', apply: fuseAffine },
  { name: 'stage-reductions', apply: stageReductions },
  { name: 'sum-rows', apply: sumRows },
  { name: 'gather-strided', apply: gatherStrided },
  { name: 'simplify again', apply: simplify },
]
