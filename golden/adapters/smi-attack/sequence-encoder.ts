import type { Adapter } from '../../adapter.ts'
import { checkEncoder, sequenceEncoderOf } from '../../systems/smi-attack/encoders.ts'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'sequence-encoder',
  run(test, check) {
    return checkEncoder(test, check, sequenceEncoderOf(test.config), test.values(test.inputs.x))
  },
}
