import { describe, expect, it } from 'vitest'
import { hiclrSchedule } from '../../../src/systems/hiclr/learning-rates.ts'

describe('learning rates', () => {
  const common = { base: 0.1, epochs: 6, warmUp: 3 }
  const rates = (schedule: (epoch: number) => number) => Array.from({ length: 6 }, (_, epoch) => schedule(epoch))

  it('stay the same with Adam, and with SGD without steps, even during a warm-up', () => {
    const adam = hiclrSchedule({ ...common, command: 'pretrain', optimizer: 'adam', steps: [2] })
    const plain = hiclrSchedule({ ...common, command: 'pretrain', optimizer: 'sgd', steps: [] })
    expect(rates(adam)).toEqual(Array(6).fill(0.1))
    expect(rates(plain)).toEqual(Array(6).fill(0.1))
  })

  it('fall along a cosine with AdamW in pre-training only', () => {
    const finetuned = hiclrSchedule({ ...common, command: 'finetune', optimizer: 'adamw', steps: [2] })
    expect(rates(finetuned)).toEqual(Array(6).fill(0.1))
    const pretrained = hiclrSchedule({ ...common, command: 'pretrain', optimizer: 'adamw', steps: [2] })
    expect(pretrained(5)).toBeCloseTo(0, 12)
  })

  it('have no warm-up for linear classifiers', () => {
    const schedule = hiclrSchedule({ ...common, command: 'linear', optimizer: 'sgd', steps: [4] })
    expect(schedule(0)).toBe(0.1)
  })
})
