import type { Adjacency } from '../../skeleton/graph.ts'
import { GcnBlock } from './gcn-block.ts'
import { UnitCtrgcn, type UnitCtrgcnOptions } from './graph/ctrgc.ts'
import { HE_FAN_OUT } from './he-initialization.ts'
import { residualOf } from './residual.ts'
import { blockDropout, type Stage } from './stages.ts'
import { CtrMsTcn } from './temporal/ctr-mstcn.ts'
import { projectionTcn } from './temporal/unit-tcn.ts'

export interface CtrGcnBlockOptions extends UnitCtrgcnOptions {
  /** Probability of dropout behind the temporal branches in PYSKL's form, but for the first block; default 0. */
  readonly tcnDropout?: number
}

/** A block of CTR-GCN. */
export function ctrGcnBlock(
  stage: Stage,
  graph: Adjacency,
  { tcnDropout, ...options }: CtrGcnBlockOptions = {},
): GcnBlock {
  const { inChannels, outChannels, stride } = stage
  const gcn = new UnitCtrgcn(inChannels, outChannels, graph, options)
  const dropout = blockDropout(stage, tcnDropout)
  const tcn = new CtrMsTcn(outChannels, outChannels, stride, { form: options.form, dropout })
  return new GcnBlock({ gcn, tcn, residual: residualOf(stage, () => projectionTcn(stage, HE_FAN_OUT)) }, true)
}
