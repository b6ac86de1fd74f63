import type { Adapter } from '../../adapter.ts'
import { skateFormerSchedule } from '../../skateformer-network.ts'

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'lr-schedule',
  run({ config, inputs, tolerance }, check) {
    const schedule = skateFormerSchedule(config)
    check.close(['lr'], (inputs.iterations as number[]).map(schedule), { relative: tolerance.relative ?? 1e-9 })
  },
}
