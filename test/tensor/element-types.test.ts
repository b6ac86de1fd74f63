import { describe, expect, it } from 'vitest'
import {
  absolute,
  add,
  argMax,
  argMin,
  cast,
  type DataType,
  divide,
  einsum,
  equal,
  full,
  greater,
  greaterOrEqual,
  isNotANumber,
  less,
  lessOrEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  matmul,
  max,
  maximum,
  min,
  minimum,
  modulo,
  multiply,
  negate,
  power,
  product,
  sign,
  subtract,
  sum,
  type Tensor,
  where,
} from '../../src/tensor/index.ts'
import { type Fed, fed, integersFed, runGraph, type Tensors } from './run-graph.ts'

/** The outputs, computed in a given type, as int32. */
async function computedAs(
  dtype: DataType,
  inputs: Readonly<Record<string, Fed>>,
  body: (tensors: Tensors) => Tensors,
): Promise<Record<string, number[]>> {
  return runGraph(inputs, (tensors) => {
    const results = body(Object.fromEntries(Object.entries(tensors).map(([name, t]) => [name, cast(t, dtype)])))
    return Object.fromEntries(Object.entries(results).map(([name, t]) => [name, cast(t, 'i32')]))
  })
}

const inputs = { a: integersFed([2, 2], [7, -7, 3, 0]), b: integersFed([2], [3, 2]) }

describe.each(['i32', 'i64'] as const)('arithmetic of %s', (dtype) => {
  it('broadcasts, cuts quotients towards zero and gives remainders the sign of the divisor', async () => {
    const found = await computedAs(dtype, inputs, ({ a, b }) => ({
      sum: add(a, b),
      difference: subtract(a, 1),
      product: multiply(2, a),
      quotient: divide(a, b),
      remainder: modulo(a, b),
      negative: modulo(a, negate(b)),
      power: power(a, b),
    }))
    expect(found).toEqual({
      sum: [10, -5, 6, 2],
      difference: [6, -8, 2, -1],
      product: [14, -14, 6, 0],
      quotient: [2, -3, 1, 0],
      remainder: [1, 1, 0, 0],
      negative: [-2, -1, 0, 0],
      power: [343, 49, 27, 0],
    })
  })

  it('holds for what is picked, reduced and multiplied as matrices', async () => {
    const found = await computedAs(dtype, inputs, ({ a, b }) => ({
      absolute: absolute(a),
      sign: sign(a),
      larger: maximum(a, b),
      smaller: minimum(a, 2),
      sum: sum(a, [0]),
      max: max(a),
      min: min(a, [1]),
      product: product(a, [0]),
      matrix: matmul(a, b),
      einsum: einsum('ij,ik->jk', a, a),
      chosen: where(greater(a, 0), a, b),
    }))
    expect(found).toEqual({
      absolute: [7, 7, 3, 0],
      sign: [1, -1, 1, 0],
      larger: [7, 2, 3, 2],
      smaller: [2, -7, 2, 0],
      sum: [10, -7],
      max: [7],
      min: [-7, 0],
      product: [21, 0],
      matrix: [7, 9],
      einsum: [58, -49, -49, 49],
      chosen: [7, 2, 3, 2],
    })
  })

  it('holds for four axes with a factor and an offset per channel', async () => {
    const channels = { x: integersFed([1, 2, 1, 2], [1, 2, 3, 4]), factor: integersFed([1, 2, 1, 1], [10, 20]) }
    const found = await computedAs(dtype, channels, ({ x, factor }) => ({ y: add(multiply(x, factor), factor) }))
    expect(found.y).toEqual([20, 30, 80, 100])
  })
})

describe('comparisons', () => {
  const operands = { a: fed([5], [1, 2, 3, NaN, Infinity]), b: fed([], [2]) }
  const comparisons: [string, (a: Tensor, b: Tensor | number) => Tensor, number[]][] = [
    ['equal', equal, [0, 1, 0, 0, 0]],
    ['less', less, [1, 0, 0, 0, 0]],
    ['greater', greater, [0, 0, 1, 0, 1]],
    ['lessOrEqual', lessOrEqual, [1, 1, 0, 0, 0]],
    ['greaterOrEqual', greaterOrEqual, [0, 1, 1, 0, 1]],
  ]
  it.each(comparisons)('%s holds never for NaN', async (_, compare, wanted) => {
    const { between, beside } = await runGraph(operands, ({ a, b }) => ({
      between: cast(compare(a, b), 'i32'),
      beside: cast(compare(a, 2), 'i32'),
    }))
    expect(between).toEqual(wanted)
    expect(beside).toEqual(wanted)
  })

  it('isNotANumber holds for NaN only', async () => {
    const { found } = await runGraph(operands, ({ a }) => ({ found: cast(isNotANumber(a), 'i32') }))
    expect(found).toEqual([0, 0, 0, 1, 0])
  })
})

describe('booleans', () => {
  const operands = { a: fed([2, 1], [0, 1]), b: fed([2], [0, 1]) }

  it('are joined with broadcasting', async () => {
    const found = await computedAs('bool', operands, ({ a, b }) => ({
      and: logicalAnd(a, b),
      or: logicalOr(a, b),
      xor: logicalXor(a, b),
      not: logicalNot(a),
      equal: equal(a, b),
      where: where(a, b, logicalNot(b)),
    }))
    expect(found).toEqual({
      and: [0, 0, 0, 1],
      or: [0, 1, 1, 1],
      xor: [0, 1, 1, 0],
      not: [1, 0],
      equal: [1, 0, 0, 1],
      where: [1, 0, 0, 1],
    })
  })

  it('have constants', async () => {
    const { y } = await runGraph(operands, ({ a }) => ({
      y: cast(logicalAnd(less(a, 5), full([2, 1], 1, 'bool')), 'i32'),
    }))
    expect(y).toEqual([1, 1])
  })
})

describe('cast', () => {
  it('cuts floats towards zero and takes all but 0 for true', async () => {
    const { whole, wide, truth } = await runGraph({ x: fed([5], [-1.7, -0.2, 0, 0.9, 2.5]) }, ({ x }) => ({
      whole: cast(x, 'i32'),
      wide: cast(cast(x, 'i64'), 'i32'),
      truth: cast(cast(x, 'bool'), 'i32'),
    }))
    expect(whole).toEqual([-1, 0, 0, 0, 2])
    expect(wide).toEqual([-1, 0, 0, 0, 2])
    expect(truth).toEqual([1, 1, 0, 1, 1])
  })

  it('rounds to 11 binary digits in f16', async () => {
    const { y } = await runGraph({ x: fed([4], [2049, 0.1, 1e6, -3]) }, ({ x }) => ({ y: cast(cast(x, 'f16'), 'f32') }))
    expect(y).toEqual([2048, 0.0999755859375, Infinity, -3])
  })
})

describe('positions of extremes', () => {
  it('are those of the first of equal ones, with or without the axis', async () => {
    const { most, least } = await runGraph({ x: integersFed([2, 3], [1, 5, 5, 0, 0, -1]) }, ({ x }) => {
      const most = argMax(x, -1)
      const least = argMin(x, 0, { keepAxes: false })
      expect(most.toString()).toBe('i64[2, 1]')
      expect(least.toString()).toBe('i64[3]')
      return { most: cast(most, 'i32'), least: cast(least, 'i32') }
    })
    expect(most).toEqual([1, 0])
    expect(least).toEqual([1, 1, 1])
  })
})
