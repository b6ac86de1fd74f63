import { simplify } from '../../tensor/index.ts'
import { type Pass, SIMPLIFY } from '../pass.ts'
import { fuseAffine } from './fuse-affine.ts'
import { fuseDot } from './fuse-dot.ts'
import { fuseMatmul } from './fuse-matmul.ts'
import { gatherStrided } from './gather-strided.ts'
import './operators.ts'
import { splitTransposes } from './split-transposes.ts'
import { stageReductions } from './stage-reductions.ts'
import { sumRows } from './sum-rows.ts'

export type { Pass } from '../pass.ts'

/** What makes a graph fast on ONNX Runtime's CPU provider, in order. */
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
