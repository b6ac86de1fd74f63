import { labelledCounts } from '../../../src/systems/hiclr/labelled-share.ts'
import type { Adapter } from '../../adapter.ts'

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'semi-counts',
  run({ config, inputs }, check) {
    check.equal(['kept'], labelledCounts(inputs.counts, config.percent))
  },
}
