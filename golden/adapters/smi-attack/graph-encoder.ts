import type { Adapter } from '../../adapter.ts'
import { fromChannelFirstBatch } from '../../inputs/channel-first-batch.ts'
import { checkEncoder, graphEncoderOf } from '../../systems/smi-attack/encoders.ts'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'graph-encoder',
  run(test, check) {
    return checkEncoder(test, check, graphEncoderOf(test.config), test.values(fromChannelFirstBatch(test.inputs.x)))
  },
}
