import { simplify } from '../../tensor/index.ts'
import { type Pass, SIMPLIFY } from '../pass.ts'
import { blockConvolutions } from './block-convolutions.ts'
import { computeAgain } from './compute-again.ts'
import { fuseAffine } from './fuse-affine.ts'
import { fuseDot } from './fuse-dot.ts'
import { fuseMatmul } from './fuse-matmul.ts'
import { gatherStrided } from './gather-strided.ts'
import { hideShapes } from './hide-shapes.ts'
import { keepOrder } from './keep-order.ts'
import './operators.ts'
import { splitTransposes } from './split-transposes.ts'
import { stageReductions } from './stage-reductions.ts'
import { sumRows } from './sum-rows.ts'

export type { Pass } from '../pass.ts'

/** The passes that do not depend on the processor, in order. */
const FUSIONS: readonly Pass[] = [
  SIMPLIFY,
  { name: 'fuse-dot', apply: fuseDot },
  { name: 'fuse-matmul', apply: fuseMatmul },
  { name: 'fuse-affine', apply: fuseAffine },
  { name: 'stage-reductions', apply: stageReductions },
  { name: 'sum-rows', apply: sumRows },
  { name: 'gather-strided', apply: gatherStrided },
  { name: 'simplify again', apply: simplify },
]

/** What simplifying would undo: the last of all. */
const ARRANGEMENT: readonly Pass[] = [
  { name: 'split-transposes', apply: splitTransposes },
  { name: 'compute-again', apply: (roots) => computeAgain(roots) },
  { name: 'hide-shapes', apply: (roots) => hideShapes(roots) },
  { name: 'keep-order', apply: keepOrder },
]

/** What the runtime's own optimiser must leave out behind these passes: it would undo the last of them. */
export const REFUSED_OPTIMIZERS = ['CommonSubexpressionElimination', 'ConstantFolding', 'ReshapeFusion'] as const

/** What makes a graph fast and small on ONNX Runtime's CPU provider, whatever the processor, in order. */
export const CPU_PASSES: readonly Pass[] = [...FUSIONS, ...ARRANGEMENT]

/**
 * The same with what depends on the processor.
 * @param block channels per block of the blocked layout; 0 where there is none
 */
export function cpuPasses(block: number): readonly Pass[] {
  if (block === 0) return CPU_PASSES
  const blocked: Pass = { name: 'block-convolutions', apply: (roots) => blockConvolutions(roots, block) }
  return [...FUSIONS, blocked, { name: 'simplify blocked', apply: simplify }, ...ARRANGEMENT]
}
