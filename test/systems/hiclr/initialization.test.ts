import { describe, expect, it } from 'vitest'
import { BatchNorm, initialize, Linear, Module, nameParts, pointwise } from '../../../src/nn/index.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { initializeAsReleased } from '../../../src/systems/hiclr/initialization.ts'

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
