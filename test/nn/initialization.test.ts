import { describe, expect, it } from 'vitest'
import {
  Conv2d,
  calculateGain,
  constantFill,
  fillFrom,
  type Initializer,
  initialize,
  kaimingNormal,
  kaimingNormalFanOut,
  kaimingUniform,
  Linear,
  Module,
  nameParts,
  normal,
  ones,
  truncatedNormal,
  uniform,
  xavierNormal,
  xavierUniform,
  zeros,
} from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { sizeOf } from '../../src/tensor/index.ts'

function filled(initializer: Initializer, shape: readonly number[], seed = 1): number[] {
  const values = new Float32Array(sizeOf(shape))
  initializer(values, shape, new CounterStream(seed))
  return [...values]
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length

function deviation(values: readonly number[]): number {
  const centre = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)))
}

/** Bound of a uniform distribution and deviation bound / sqrt(3), within five standard errors. */
function expectUniform(values: readonly number[], bound: number): void {
  const largest = Math.max(...values.map(Math.abs))
  expect(largest).toBeLessThanOrEqual(Math.fround(bound))
  expect(largest).toBeGreaterThan(bound * (1 - 10 / values.length))
  expect(Math.abs(mean(values))).toBeLessThan((5 * bound) / Math.sqrt(3 * values.length))
  expect(Math.abs(deviation(values) / (bound / Math.sqrt(3)) - 1)).toBeLessThan(3 / Math.sqrt(values.length))
}

function expectNormal(values: readonly number[], centre: number, spread: number): void {
  expect(Math.abs(mean(values) - centre)).toBeLessThan((5 * spread) / Math.sqrt(values.length))
  expect(Math.abs(deviation(values) / spread - 1)).toBeLessThan(5 / Math.sqrt(2 * values.length))
  const beyondTwo = values.filter((value) => Math.abs(value - centre) > 2 * spread).length / values.length
  expect(beyondTwo).toBeGreaterThan(0.03)
  expect(beyondTwo).toBeLessThan(0.065)
}

/** Mean and deviation of a normal distribution that is cut at two limits, by the midpoint rule. */
function momentsWithin(centre: number, spread: number, low: number, high: number) {
  const steps = 200_000
  const [from, to] = [Math.max(low, centre - 9 * spread), Math.min(high, centre + 9 * spread)]
  const moments = [0, 0, 0]
  for (let i = 0; i < steps; i++) {
    const x = from + ((i + 0.5) * (to - from)) / steps
    const density = Math.exp(-(((x - centre) / spread) ** 2) / 2)
    moments.forEach((_, power) => {
      moments[power] += density * x ** power
    })
  }
  const average = moments[1] / moments[0]
  return { mean: average, deviation: Math.sqrt(moments[2] / moments[0] - average ** 2) }
}

/** Mean and deviation within five standard errors; a truncated normal has no heavier tails than a normal. */
function expectMoments(values: readonly number[], centre: number, spread: number): void {
  expect(Math.abs(mean(values) - centre)).toBeLessThan((5 * spread) / Math.sqrt(values.length))
  expect(Math.abs(deviation(values) / spread - 1)).toBeLessThan(10 / Math.sqrt(2 * values.length))
}

describe('distributions', () => {
  it('uniform lies within its limits', () => {
    const values = filled(uniform(2, 4), [4000])
    expectUniform(
      values.map((value) => value - 3),
      1,
    )
  })

  it('normal has its mean and deviation', () => expectNormal(filled(normal(-2, 0.5), [4000]), -2, 0.5))

  it('constants and copies', () => {
    expect(filled(constantFill(3), [2])).toEqual([3, 3])
    expect(filled(fillFrom([1, 2]), [2])).toEqual([1, 2])
  })

  it('ones and zeros', () => {
    expect(filled(ones, [2])).toEqual([1, 1])
    expect(filled(zeros, [2])).toEqual([0, 0])
  })

  it.each([
    [0, 0.02, -2, 2],
    [0, 1, -2, 2],
    [1, 2, 0, 1.5],
    [0, 1, 3, 9],
    [0, 1, -8, -2.5],
    [2, 0.5, 1.99, 2],
  ])('truncated normal of mean %d and deviation %d within %d and %d', (mean, deviation, low, high) => {
    const values = filled(truncatedNormal(mean, deviation, low, high), [4000])
    expect(Math.min(...values)).toBeGreaterThanOrEqual(low)
    expect(Math.max(...values)).toBeLessThanOrEqual(high)
    const wanted = momentsWithin(mean, deviation, low, high)
    expectMoments(values, wanted.mean, wanted.deviation)
  })

  it('truncated normal refuses limits without room', () => {
    expect(() => truncatedNormal(0, 1, 2, -2)).toThrow('a truncated normal distribution is empty')
    expect(() => truncatedNormal(0, 0)).toThrow('a truncated normal distribution is empty')
  })

  it.each([
    [Number.NaN, 1],
    [Number.POSITIVE_INFINITY, 1],
    [0, Number.POSITIVE_INFINITY],
  ])('truncated normal refuses mean %d and deviation %d', (mean, deviation) => {
    expect(() => truncatedNormal(mean, deviation)).toThrow('a finite mean')
  })

  it('copies are as many as the parameter has values', () => {
    for (const source of [[1], [1, 2, 3]]) expect(() => filled(fillFrom(source), [2])).toThrow(/2 for shape \[2\]/)
  })

  it('Glorot initialisation: variance 2 gain^2 / (fan in + fan out)', () => {
    const spread = (gain: number) => gain * Math.sqrt(2 / (9 * (32 + 16)))
    expectUniform(filled(xavierUniform(), [32, 16, 9, 1]), Math.sqrt(3) * spread(1))
    expectUniform(filled(xavierUniform(5 / 3), [32, 16, 3, 3]), Math.sqrt(3) * spread(5 / 3))
    expectNormal(filled(xavierNormal(0.5), [32, 16, 9]), 0, spread(0.5))
  })

  it('He initialisation: variance gain^2 / fan', () => {
    expectUniform(filled(kaimingUniform(), [32, 16, 9]), Math.sqrt(6 / (16 * 9)))
    expectUniform(filled(kaimingUniform({ a: Math.sqrt(5) }), [64, 64]), 1 / 8)
    expectNormal(
      filled(kaimingNormal({ mode: 'fan_out', nonlinearity: 'tanh' }), [32, 16, 9]),
      0,
      5 / 3 / Math.sqrt(288),
    )
    expectNormal(filled(kaimingNormal({ nonlinearity: 'selu' }), [40, 100]), 0, 0.75 / 10)
  })

  it('refuse to count inputs and outputs of a vector', () => {
    for (const initializer of [xavierUniform(), xavierNormal(), kaimingUniform(), kaimingNormal()]) {
      expect(() => filled(initializer, [4])).toThrow('two or more axes')
    }
  })

  it('He initialisation by fan out: variance 2 / (outputs * receptive field)', () => {
    expectNormal(filled(kaimingNormalFanOut, [32, 16, 9, 1]), 0, Math.sqrt(2 / (32 * 9)))
    expectNormal(filled(kaimingNormalFanOut, [50, 100]), 0, Math.sqrt(2 / 50))
  })
})

describe('gains', () => {
  it('are those that PyTorch recommends', () => {
    const names = ['linear', 'conv2d', 'conv_transpose1d', 'sigmoid', 'tanh', 'relu', 'selu'] as const
    expect(names.map((name) => calculateGain(name))).toEqual([1, 1, 1, 1, 5 / 3, Math.sqrt(2), 0.75])
    expect(calculateGain('leaky_relu')).toBeCloseTo(Math.sqrt(2 / 1.0001), 12)
    expect(calculateGain('leaky_relu', 1)).toBe(1)
  })
})

describe('layers without an initialiser of their own', () => {
  it('are filled as in PyTorch, uniform within 1 / sqrt(fan in), bias included', () => {
    const linear = initialize(nameParts(new Linear(64, 256)), new CounterStream(1))
    expectUniform([...linear.weight.values], 1 / 8)
    expectUniform([...linear.bias!.values], 1 / 8)
    const conv = initialize(nameParts(new Conv2d(16, 512, [4, 1])), new CounterStream(1))
    expectUniform([...conv.weight.values], 1 / 8)
    expectUniform([...conv.bias!.values], 1 / 8)
  })

  it('count the inputs of one group only', () => {
    const conv = initialize(nameParts(new Conv2d(64, 512, [4, 1], { groups: 4 })), new CounterStream(1))
    expectUniform([...conv.weight.values], 1 / 8)
    expectUniform([...conv.bias!.values], 1 / 8)
  })
})

describe('initialisation of a network', () => {
  class Two extends Module {
    readonly first: Linear
    readonly second = new Linear(3, 5)
    constructor(width: number) {
      super()
      this.first = new Linear(3, width)
    }
  }
  const build = (width: number, seed: number) => initialize(nameParts(new Two(width)), new CounterStream(seed))
  const weights = (network: Two) => [...network.second.weight.values]

  it('gives the same values for the same seed', () => {
    expect(weights(build(4, 1))).toEqual(weights(build(4, 1)))
    expect(weights(build(4, 1))).not.toEqual(weights(build(4, 2)))
  })

  it('gives a parameter values that do not depend on the other parameters', () => {
    expect(weights(build(7, 1))).toEqual(weights(build(4, 1)))
  })

  it('gives parameters of one shape different values', () => {
    const network = build(5, 1)
    expect([...network.first.weight.values]).not.toEqual(weights(network))
  })

  it('does not depend on what was drawn from the stream before', () => {
    const stream = new CounterStream(1)
    stream.unit()
    const network = initialize(nameParts(new Two(4)), stream)
    expect(weights(network)).toEqual(weights(build(4, 1)))
  })
})
