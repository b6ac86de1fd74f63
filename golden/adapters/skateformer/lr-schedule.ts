import type { Adapter } from '../../adapter.ts'
import { skateFormerSchedule } from '../../systems/skateformer/network.ts'

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'lr-schedule',
  run({ config, inputs, tolerance, values }, check) {
    const rates = Array.from(values(inputs.iterations).data, skateFormerSchedule(config))
    check.close(['lr'], rates, { relative: tolerance.relative ?? 1e-9 })
  },
}
