import { describe, expect, test } from 'vitest'
import type { GoldenTest } from '../../../golden/adapter.ts'
import { Expectations } from '../../../golden/comparison/expectations.ts'
import { checkGradients, checkParameterNames, gradientTolerance } from '../../../golden/networks/network-checks.ts'

const values = (...data: number[]) => ({ data, shape: [data.length] })
const digest = (...data: number[]) => ({
  shape: [data.length],
  sum: data.reduce((sum, x) => sum + x, 0),
  l2: Math.hypot(...data),
  head: data,
})

describe('gradients', () => {
  const expected = {
    train: {
      gradients: { weight: digest(3, 4), bias: digest(1e-9, -2e-9), tiny: digest(1e-6, 0) },
      gradients_zero: ['bias'],
      parameters_without_gradient: ['unused'],
    },
  }
  const check = (gradients: Record<string, ReturnType<typeof values>>) => {
    const expectations = new Expectations(expected)
    const map = new Map(Object.entries({ weight: values(3, 4), bias: values(0, 0), tiny: values(0, 0), ...gradients }))
    checkGradients(expectations, ['train', 'gradients'], map, { relative: 1e-3 })
    expect(expectations.unused()).toEqual([])
    return expectations.failures.map(({ path }) => path)
  }

  test('agree within the relative bound', () => {
    expect(check({ weight: values(3.001, 4.001) })).toEqual([])
    expect(check({ weight: values(3.1, 4) })).toEqual(['train.gradients.weight'])
  })

  test('that are zero, or tiny against all others, may be noise up to 1e-5 of the largest', () => {
    expect(check({ bias: values(4e-5, 0), tiny: values(0, -4e-5) })).toEqual([])
    expect(check({ bias: values(6e-5, 0), tiny: values(0, -6e-5) })).toEqual([
      'train.gradients.bias',
      'train.gradients.tiny',
    ])
  })

  test('have to be there, and only where the original has some', () => {
    const expectations = new Expectations(expected)
    checkGradients(expectations, ['train', 'gradients'], new Map([['unused', values(1)]]), { relative: 1 })
    expect(expectations.failures).toHaveLength(4)
    expect(check({ unused: values(0) })).toEqual([])
  })
})

describe('tolerance of gradients', () => {
  const testWith = (tolerance: object) => ({ tolerance }) as GoldenTest

  test('is the guide value or what the fixture says', () => {
    expect(gradientTolerance(testWith({}))).toEqual({ relative: 1e-2, absolute: undefined })
    expect(gradientTolerance(testWith({ relative_gradients: 2e-3, absolute_gradients: 1e-6 }))).toEqual({
      relative: 2e-3,
      absolute: 1e-6,
    })
  })

  test('is not stricter than what the original reaches in float32', () => {
    const measured = {
      relative_gradients: [
        ['a', 0.03],
        ['b', 0.02],
      ],
    }
    const { relative } = gradientTolerance(testWith({ float32_against_float64: measured }), 1e-3)
    const bound = relative as (name: string) => number
    expect([bound('a'), bound('b'), bound('c')]).toEqual([0.06, 0.04, 0.04])
  })
})

describe('parameter names', () => {
  const failuresOf = (parameters: object, own: [string, number[]][], order = false) => {
    const check = new Expectations({})
    const named = own.map(([name, shape]) => ({ name, shape }))
    checkParameterNames(check, { parameters } as GoldenTest, named, { order })
    return check.failures.map(({ path, message }) => `${path}: ${message}`)
  }
  const tensors = [
    ['fc.weight', [2, 3]],
    ['fc.bias', [2]],
  ]

  test('names, shapes and the count of values agree', () => {
    expect(
      failuresOf({ count: 8, tensors }, [
        ['fc.bias', [2]],
        ['fc.weight', [2, 3]],
      ]),
    ).toEqual([])
    expect(failuresOf({ count: 8 }, [['other', [8]]])).toEqual([])
  })

  test('missing, further and misshapen ones are named, a wrong order where asked for', () => {
    expect(
      failuresOf({ count: 8, tensors }, [
        ['fc.weight', [3, 2]],
        ['scale', [2]],
      ]),
    ).toEqual([
      'parameters.fc.weight: shape [3,2], expected [2,3]',
      'parameters.fc.bias: there is no parameter of that name',
      'parameters.scale: the original has no such one',
    ])
    expect(failuresOf({ count: 9 }, [['fc.bias', [2]]])).toEqual(['parameters.count: 2 trainable values, expected 9'])
    expect(
      failuresOf(
        { tensors },
        [
          ['fc.bias', [2]],
          ['fc.weight', [2, 3]],
        ],
        true,
      ),
    ).toHaveLength(1)
  })
})
