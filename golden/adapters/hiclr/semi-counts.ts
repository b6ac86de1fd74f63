import { labelledCounts } from '../../../src/systems/hiclr/labelled-share.ts'
import type { Adapter } from '../../adapter.ts'

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'semi-counts',
  run({ config, inputs, values }, check) {
    check.equal(['kept'], labelledCounts(Array.from(values(inputs.counts).data), config.percent ?? 0.1))
  },
}
