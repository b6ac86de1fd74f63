import { describe, expect, test } from 'vitest'
import { Expectations } from '../../../golden/comparison/expectations.ts'

const tolerance = { relative: 1e-6 }

describe('expected values that no comparison used', () => {
  const expected = {
    eval: { output: { shape: [1], values: [1] }, loss: 2 },
    steps: [{ loss: 1 }, { loss: 2 }],
    top: [0.5, 1],
    names: ['a'],
  }

  test('are named, whole objects once', () => {
    expect(new Expectations(expected).unused()).toEqual(['eval', 'steps', 'top', 'names'])
  })

  test('what was compared, or lies below it, counts as used', () => {
    const check = new Expectations(expected)
    check.close(['eval', 'loss'], 2, tolerance)
    check.equal(['steps', 0, 'loss'], 1)
    check.close(['top', '0'], 0.5, tolerance)
    check.use(['names'])
    expect(check.failures).toEqual([])
    expect(check.unused()).toEqual(['eval.output', 'steps.1', 'top.1'])
  })

  test('a map without entries has nothing to compare', () => {
    expect(new Expectations({ buffers_after: {}, train: { modules: {} }, dropped: [] }).unused()).toEqual([
      'train',
      'dropped',
    ])
  })

  test('looking is not using', () => {
    const check = new Expectations(expected)
    expect(check.has(['eval', 'loss'])).toBe(true)
    expect(check.has(['train'])).toBe(false)
    expect(check.keys(['eval'])).toEqual(['output', 'loss'])
    expect(check.keys(['steps'])).toEqual(['0', '1'])
    expect(check.unused()).toHaveLength(4)
  })
})

describe('comparisons', () => {
  test('a key that is not given is not compared', () => {
    const check = new Expectations({ loss: 1 })
    check.close(['accuracy'], 3, tolerance)
    expect(check.failures).toEqual([])
  })

  test('a failure is recorded with its path and does not throw', () => {
    const check = new Expectations({ eval: { loss: 1 }, text: 'a' })
    check.close(['eval', 'loss'], 2, tolerance)
    check.close(['text'], 2, tolerance)
    check.fail(['parameters', 'fc.weight'], 'missing')
    expect(check.failures.map(({ path }) => path)).toEqual(['eval.loss', 'text', 'parameters.fc.weight'])
  })
})
