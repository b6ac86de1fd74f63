import { linearWarmUp, multiStep } from '../../../src/train/schedules.ts'
import type { Adapter } from '../../adapter.ts'

export const adapter: Adapter = {
  system: 'fr-head',
  kind: 'lr-schedule',
  run({ config, expected, tolerance }, check) {
    const { base, warm_up: length = 0, step = [], rate = 0.1 } = config
    const schedule = linearWarmUp(multiStep(base, step, rate), { length, end: base })
    const rates = (expected.lr as number[]).map((_, epoch) => schedule(epoch))
    check.close(['lr'], rates, { relative: tolerance.relative ?? 1e-9 })
  },
}
