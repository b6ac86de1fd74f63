import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parameterValues, uniformValues } from '../../golden/fill.ts'
import { roundHalfEven, roundToFloat16 } from '../../golden/number-array.ts'
import { evaluateRule } from '../../golden/rules.ts'

/** Shape and elements of a rule. */
function given(rule: unknown) {
  const { shape, data } = evaluateRule(rule)
  return [shape, Array.from(data)]
}

const square = { values: [1, 2, 3, 4, 5, 6], shape: [2, 3] }
/** A rule with a list of steps. */
function steps(rule: object, ...list: unknown[]) {
  // biome-ignore lint/suspicious/noThenProperty: the name of the list in fixtures
  return { ...rule, then: list }
}
const stepped = (...list: unknown[]) => given(steps(square, ...list))

describe('input rules', () => {
  const u = uniformValues('x', 6)

  test('signal, uniform, labels and parameter come from their name', () => {
    expect(evaluateRule({ signal: 'x', shape: [2, 3], scale: 3 }).data).toEqual(
      Float32Array.from(u, (v) => (2 * v - 1) * 3),
    )
    expect(evaluateRule({ signal: 'x', shape: [6] }).data).toEqual(Float32Array.from(u, (v) => 2 * v - 1))
    expect(evaluateRule({ uniform: 'x', shape: [6] }).data).toEqual(u)
    expect(given({ labels: 'x', n: 6, classes: 4 })).toEqual([[6], Array.from(u, (v) => Math.floor(v * 4))])
    expect(given({ labels: 'x', n: 6, classes: 4, shape: [3, 2] })[0]).toEqual([3, 2])
    expect(evaluateRule({ parameter: 'x', shape: [2, 3] }).data).toEqual(parameterValues('x', [2, 3]))
  })

  test('labels that differ from the list beside them are refused', () => {
    expect(() => evaluateRule({ labels: 'x', n: 2, classes: 4, values: [9, 9] })).toThrow('differ')
  })

  test('values, constant, range, nested lists and numbers stand as they are; null is NaN', () => {
    expect(given({ values: [1, null], shape: [2, 1] })).toEqual([
      [2, 1],
      [1, Number.NaN],
    ])
    expect(given({ constant: 7, shape: [2] })).toEqual([[2], [7, 7]])
    expect(given({ range: true, shape: [2, 2] })).toEqual([
      [2, 2],
      [0, 1, 2, 3],
    ])
    expect(
      given([
        [1, 2.1],
        [3, 4],
      ]),
    ).toEqual([
      [2, 2],
      [1, 2.1, 3, 4],
    ])
    expect(given(5)).toEqual([[], [5]])
  })

  test('one-hot rows, rows at indices, sums and products that broadcast', () => {
    expect(given({ one_hot: [2, 0], classes: 3 })).toEqual([
      [2, 3],
      [0, 0, 1, 1, 0, 0],
    ])
    expect(given({ rows: square, at: [1, 0, 1] })).toEqual([
      [3, 3],
      [4, 5, 6, 1, 2, 3, 4, 5, 6],
    ])
    expect(given({ sum: [square, [10, 20, 30], 100] })).toEqual([
      [2, 3],
      [111, 122, 133, 114, 125, 136],
    ])
    expect(
      given({
        product: [
          [[1], [2]],
          [3, 4],
        ],
      }),
    ).toEqual([
      [2, 2],
      [3, 4, 6, 8],
    ])
  })

  test('an object without a rule is refused', () => {
    expect(() => evaluateRule({ shape: [2] })).toThrow('no input rule')
  })
})

describe('steps', () => {
  test('arithmetic with a number, a list from the last axis, another rule', () => {
    expect(stepped({ add: 1 })).toEqual([
      [2, 3],
      [2, 3, 4, 5, 6, 7],
    ])
    expect(stepped({ multiply: [1, 10, 100] })).toEqual([
      [2, 3],
      [1, 20, 300, 4, 50, 600],
    ])
    expect(stepped({ divide: { constant: 2, shape: [2, 1] } })).toEqual([
      [2, 3],
      [0.5, 1, 1.5, 2, 2.5, 3],
    ])
  })

  test('round goes to even, above, floor and abs work by element', () => {
    expect(given(steps({ values: [0.5, 1.5, -2.5, 0.125], shape: [4] }, { float64: true }, { round: 0 }))[1]).toEqual([
      0, 2, -2, 0,
    ])
    expect(given(steps({ values: [0.125, 0.375], shape: [2] }, { float64: true }, { round: 2 }))[1]).toEqual([
      0.12, 0.38,
    ])
    expect(stepped({ above: 3 })[1]).toEqual([0, 0, 0, 1, 1, 1])
    expect(stepped({ add: -3.5 }, { floor: true })[1]).toEqual([-3, -2, -1, 0, 1, 2])
    expect(stepped({ add: -4 }, { abs: true })[1]).toEqual([3, 2, 1, 0, 1, 2])
  })

  test('set fills a block; missing and null axes are whole', () => {
    expect(stepped({ set: 0, where: [[1, 2]] })[1]).toEqual([1, 2, 3, 0, 0, 0])
    expect(stepped({ set: 9, where: [null, [1, 3]] })[1]).toEqual([1, 9, 9, 4, 9, 9])
    expect(
      stepped({
        set: null,
        where: [
          [0, 1],
          [0, 1],
        ],
      })[1],
    ).toEqual([Number.NaN, 2, 3, 4, 5, 6])
  })

  test('unit, running sum, reshape, transpose and repeat along an axis', () => {
    expect(given(steps({ values: [3, 4, 6, 8], shape: [2, 2] }, { float64: true }, { unit: 1 }))[1]).toEqual([
      0.6, 0.8, 0.6, 0.8,
    ])
    expect(stepped({ cumsum: 0 })[1]).toEqual([1, 2, 3, 5, 7, 9])
    expect(stepped({ cumsum: 1 })[1]).toEqual([1, 3, 6, 4, 9, 15])
    expect(stepped({ reshape: [3, 2] })).toEqual([
      [3, 2],
      [1, 2, 3, 4, 5, 6],
    ])
    expect(stepped({ transpose: [1, 0] })).toEqual([
      [3, 2],
      [1, 4, 2, 5, 3, 6],
    ])
    expect(stepped({ repeat: [1, 5] })).toEqual([
      [2, 5],
      [1, 2, 3, 1, 2, 4, 5, 6, 4, 5],
    ])
  })

  test('arithmetic is float32 unless a float64 step stands before it', () => {
    expect(given(steps({ values: [0.1], shape: [1] }, { add: 0.2 }))[1]).toEqual([
      Math.fround(Math.fround(0.1) + Math.fround(0.2)),
    ])
    expect(given(steps({ values: [0.1], shape: [1] }, { float64: true }, { add: 0.2 }))[1]).toEqual([0.1 + 0.2])
    expect(given({ values: [0.1], shape: [1] })[1]).toEqual([0.1])
    expect(evaluateRule(steps({ signal: 'x', shape: [3] }, { float64: true })).data).toBeInstanceOf(Float64Array)
    expect(evaluateRule(steps({ signal: 'x', shape: [3] }, { multiply: 2 })).data).toBeInstanceOf(Float32Array)
  })

  test('whole numbers stay whole under whole arithmetic', () => {
    expect(evaluateRule(steps({ labels: 'x', n: 3, classes: 5 }, { add: 1 })).precision).toBe('int64')
    expect(evaluateRule(steps({ labels: 'x', n: 3, classes: 5 }, { multiply: 0.5 })).precision).toBe('float32')
  })

  test('an unknown step is refused', () => {
    expect(() => stepped({ cube: true })).toThrow('unknown step')
  })
})

describe('rounding', () => {
  test('float16: largest number, halves to even, numbers below the normal range (IEEE 754 binary16)', () => {
    expect(roundToFloat16(65504)).toBe(65504)
    expect(roundToFloat16(65520)).toBe(Infinity)
    expect(roundToFloat16(1 / 3)).toBe(0.333251953125)
    expect(roundToFloat16(2049)).toBe(2048)
    expect(roundToFloat16(2051)).toBe(2052)
    expect(roundToFloat16(2 ** -24)).toBe(2 ** -24)
    expect(roundToFloat16(2 ** -26)).toBe(0)
    expect(roundToFloat16(1 - 2 ** -13)).toBe(1)
  })

  test('float16 numbers stay, others move by at most half a unit', () => {
    fc.assert(
      fc.property(fc.double({ min: -60000, max: 60000, noNaN: true }), (x) => {
        const rounded = roundToFloat16(x)
        expect(roundToFloat16(rounded)).toBe(rounded)
        expect(Math.abs(rounded - x)).toBeLessThanOrEqual(Math.max(Math.abs(x) * 2 ** -11, 2 ** -25))
      }),
    )
  })

  test('halves to even', () => {
    expect([-1.5, -0.5, 0.5, 1.5, 2.5, 2.4].map(roundHalfEven)).toEqual([-2, 0, 0, 2, 2, 2])
  })
})
