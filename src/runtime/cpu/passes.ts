import { simplify } from '../../tensor/index.ts'
import { type Pass, SIMPLIFY } from '../pass.ts'
import { blockConvolutions } from './block-convolutions.ts'
import { fuseAffine } from './fuse-affine.ts'
import { fuseDot } from './fuse-dot.ts'
import { fuseMatmul } from './fuse-matmul.ts'
import { gatherStrided } from './gather-strided.ts'
import './operators.ts'
import { splitTransposes } from './split-transposes.ts'
import { stageReductions } from './stage-reductions.ts'
import { sumRows } from './sum-rows.ts'

export type { Pass } from '../pass.ts'

/** The passes that do not depend on the processor, in order. */
export const CPU_PASSES: readonly Pass[] = [
  SIMPLIFY,
  { name: 'fuse-dot', apply: fuseDot },
  { name: 'fuse-matmul', apply: fuseMatmul },
  { name: 'fuse-affine', apply: fuseAffine },
  { name: 'stage-reductions', apply: stageReductions },
  { name: 'sum-rows', apply: sumRows },
  { name: 'gather-strided', apply: gatherStrided },
  { name: 'simplify again', apply: simplify },
  { name: 'split-transposes', apply: splitTransposes },
]

/**
 * What makes a graph fast on ONNX Runtime's CPU provider, in order.
 * @param block channels per block of the blocked layout; 0 where there is none
 */
export function cpuPasses(block: number): readonly Pass[] {
  if (block === 0) return CPU_PASSES
  const blocked: Pass = { name: 'block-convolutions', apply: (roots) => blockConvolutions(roots, block) }
  // In front of the splitting of transposes, which simplifying would undo.
  return [...CPU_PASSES.slice(0, -1), blocked, { name: 'simplify blocked', apply: simplify }, ...CPU_PASSES.slice(-1)]
}
