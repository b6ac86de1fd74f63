import { describe, expect, it } from 'vitest'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { labelledEpoch, labelledShare } from '../../../src/systems/hiclr/labelled-share.ts'

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
