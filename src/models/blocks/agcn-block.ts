import type { Forward } from '../../nn/index.ts'
import { GcnBlock } from './gcn-block.ts'
import { HE_FAN_OUT } from './he-initialization.ts'
import { residualOf } from './residual.ts'
import type { Stage } from './stages.ts'
import { projectionTcn, UnitTcn } from './temporal/unit-tcn.ts'

/** A block of 2s-AGCN or AAGCN in the authors' form, around its graph convolution. */
export function agcnBlock(stage: Stage, gcn: Forward): GcnBlock {
  const { outChannels, stride } = stage
  const tcn = new UnitTcn(outChannels, outChannels, { stride, ...HE_FAN_OUT })
  return new GcnBlock({ gcn, tcn, residual: residualOf(stage, () => projectionTcn(stage, HE_FAN_OUT)) }, true)
}
