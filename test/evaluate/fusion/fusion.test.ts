import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { softmax, weightedSum } from '../../../src/evaluate/fusion/fusion.ts'
import type { Scores } from '../../../src/evaluate/scores/scores.ts'

const scores = (classes: number, ...data: number[]): Scores => ({
  data: Float64Array.from(data),
  samples: data.length / classes,
  classes,
})

describe('softmax of scores', () => {
  test('of logarithms gives their numbers as shares, row by row', () => {
    const { data } = softmax(scores(2, Math.log(1), Math.log(3), Math.log(5), Math.log(5)))
    expect([...data].map((p) => p.toFixed(12))).toEqual([
      '0.250000000000',
      '0.750000000000',
      '0.500000000000',
      '0.500000000000',
    ])
  })

  test('does not overflow and does not change when a constant is added', () => {
    expect([...softmax(scores(2, 1000, 1000)).data]).toEqual([0.5, 0.5])
    const row = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(row, fc.integer({ min: -1000, max: 1000 }), (values, shift) => {
        const plain = softmax(scores(3, ...values)).data
        const shifted = softmax(scores(3, ...values.map((x) => x + shift))).data
        plain.forEach((p: number, k: number) => {
          expect(shifted[k]).toBeCloseTo(p, 9)
        })
        expect(Array.from(plain).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
      }),
    )
  })
})

describe('weighted sum of streams', () => {
  test('adds every stream with its weight', () => {
    const fused = weightedSum([scores(2, 1, 2), scores(2, 10, 20)], [2, 0.5])
    expect([fused.samples, fused.classes, ...fused.data]).toEqual([1, 2, 7, 14])
  })

  test('streams that do not fit each other are refused', () => {
    expect(() => weightedSum([], [])).toThrow('at least one stream')
    expect(() => weightedSum([scores(2, 1, 2)], [1, 1])).toThrow('its weight')
    expect(() => weightedSum([scores(2, 1, 2), scores(1, 1, 2)], [1, 1])).toThrow('stream 1')
  })
})
