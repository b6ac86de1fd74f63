import type { Adapter } from '../../adapter.ts'
import { fromChannelFirstBatch } from '../../channel-first-batch.ts'
import { checkEncoder, graphEncoderOf } from '../../smi-encoders.ts'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'graph-encoder',
  run(test, check) {
    return checkEncoder(test, check, graphEncoderOf(test.config), test.values(fromChannelFirstBatch(test.inputs.x)))
  },
}
