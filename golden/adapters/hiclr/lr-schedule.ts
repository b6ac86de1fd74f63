import { hiclrSchedule } from '../../../src/systems/hiclr/learning-rates.ts'
import type { Adapter } from '../../adapter.ts'

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'lr-schedule',
  run({ config, tolerance }, check) {
    const { command, optimizer = 'SGD', step = [], base_lr = 0.01, num_epoch = 80 } = config
    const schedule = hiclrSchedule({
      command,
      optimizer: optimizer.toLowerCase(),
      base: base_lr,
      steps: step,
      warmUp: command === 'finetune' ? config.warm_up_epoch : config.warmup_epochs,
      epochs: num_epoch,
    })
    const rates = Array.from({ length: num_epoch }, (_, epoch) => schedule(epoch))
    check.close(['lr'], rates, { relative: tolerance?.relative ?? 1e-9 })
  },
}
