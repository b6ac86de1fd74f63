import { describe, expect, it } from 'vitest'
import { BatchNorm, initialize, Linear, Module, nameParts, pointwise } from '../../../src/nn/index.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { initializeAsReleased } from '../../../src/systems/hiclr/initialization.ts'
import { labelledEpoch, labelledShare } from '../../../src/systems/hiclr/labelled-share.ts'
import { hiclrSchedule } from '../../../src/systems/hiclr/learning-rates.ts'
import { evaluatedName } from '../../../src/systems/hiclr/pretrained-names.ts'

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

describe('first values of the released commands', () => {
  class Small extends Module {
    readonly conv = pointwise(40, 50)
    readonly bn = new BatchNorm(2000)
    readonly fc = new Linear(40, 50)
  }
  const deviation = (values: Float32Array, mean: number) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)

  it('spread by 0.02 about 0, and about 1 for normalisations; biases are 0', () => {
    const small = initialize(nameParts(new Small()), new CounterStream(1))
    initializeAsReleased(small, new CounterStream(2))
    expect(deviation(small.conv.weight.values, 0)).toBeCloseTo(0.02, 2.5)
    expect(deviation(small.bn.weight!.values, 1)).toBeCloseTo(0.02, 2.5)
    expect(deviation(small.fc.weight.values, 0)).toBeCloseTo(0.02, 2.5)
    for (const { bias } of [small.conv, small.bn, small.fc])
      expect(bias!.values.every((value) => value === 0)).toBe(true)
  })

  it('leave linear layers alone where asked', () => {
    const small = initialize(nameParts(new Small()), new CounterStream(1))
    const before = small.fc.weight.values.slice()
    initializeAsReleased(small, new CounterStream(2), { linear: false })
    expect(small.fc.weight.values).toEqual(before)
  })
})

describe('labelled share', () => {
  const entries = Array.from({ length: 30 }, (_, i) => ({ name: `clip ${i}`, label: i % 2 }))
  const dataset = { name: 'clips', classes: ['a', 'b'], entries } as unknown as Parameters<typeof labelledShare>[0]

  it('keeps the rounded share of every class in the order of the clips', () => {
    const train = entries.map((_, i) => i)
    const kept = labelledShare(dataset, train, 0.1, new CounterStream(1))
    // 1.5 of 15 clips is 2, the even number.
    expect(kept.length).toBe(4)
    expect(kept.filter((index) => entries[index].label === 0).length).toBe(2)
    expect([...kept].sort((a, b) => a - b)).toEqual(kept)
  })

  it('fills an epoch by going round', () => {
    expect(labelledEpoch([4, 7, 9], 7)).toEqual([4, 7, 9, 4, 7, 9, 4])
  })
})

describe('names of a pre-training checkpoint', () => {
  it('leave out what belongs to pre-training', () => {
    for (const name of ['encoder_q.fc.0.weight', 'encoder_k.A', 'queue', 'queue_ptr', 'mask_param'])
      expect(evaluatedName(name)).toBeUndefined()
  })

  it('number edge importances from 1', () => {
    expect(evaluatedName('encoder_q.edge_importance.0')).toBe('encoder_q.edge_importance1')
    expect(evaluatedName('encoder_q.edge_importance10')).toBe('encoder_q.edge_importance10')
    expect(evaluatedName('encoder_q.st_gcn_networks.0.gcn.conv.bias')).toBe('encoder_q.st_gcn_networks.0.gcn.conv.bias')
  })
})
