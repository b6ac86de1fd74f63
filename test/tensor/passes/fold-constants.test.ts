import { describe, expect, it } from 'vitest'
import {
  add,
  concat,
  constant,
  divide,
  exp,
  expand,
  full,
  matmul,
  multiply,
  negate,
  reciprocal,
  reshape,
  scalar,
  simplify,
  slice,
  split,
  sqrt,
  subtract,
  sum,
  type Tensor,
  transpose,
} from '../../../src/tensor/index.ts'
import { fed, randomFed } from '../run-graph.ts'
import { expectUnchanged } from './expect-unchanged.ts'

const x = randomFed([2, 3, 4])
const table = (shape: number[], seed = 1) => {
  const { data } = randomFed(shape, seed, 0.5, 2)
  return constant(data as Float32Array, shape)
}
const integers = () => constant(Int32Array.of(5, -1, 2, 7, 0, 3), [2, 3])

/** Operators that are left of x + body(), whose outputs must not change. */
async function left(body: () => Tensor): Promise<Record<string, number>> {
  const { after } = await expectUnchanged(simplify, { x }, (t) => ({ y: body(), x: t.x }))
  return after
}

describe('what is computed from constants alone', () => {
  it.each<[string, () => Tensor]>([
    ['sums and differences', () => subtract(add(table([3, 1]), table([4], 2)), 0.1)],
    ['products and quotients', () => divide(multiply(table([2, 3]), table([3], 2)), table([2, 1], 3))],
    ['roots, reciprocals, opposites', () => negate(reciprocal(sqrt(table([5]))))],
    ['sums over axes', () => sum(table([3, 4, 2]), [0, 2])],
    ['matrix products', () => matmul(table([2, 1, 3, 4]), table([3, 4, 2], 2))],
    ['reshapes and transpositions', () => transpose(reshape(table([6, 4]), [2, 3, 4]), [2, 0, 1])],
    ['slices', () => slice(slice(table([5, 3]), 0, 4, -1, -2), 1, 1, 3)],
    ['expansions', () => expand(table([1, 3]), [2, 2, 3])],
    ['joined pieces', () => concat([table([2, 1]), table([2, 3], 2), full([2, 2], 3)], 1)],
  ])('is a constant: %s', async (_, body) => {
    expect(await left(body)).toEqual({})
  })

  it('is a constant per output of a split', async () => {
    const { after } = await expectUnchanged(simplify, { x }, (t) => {
      const [a, b] = split(table([2, 5]), 1, [2, 3])
      return { a, b, x: t.x }
    })
    expect(after).toEqual({})
  })

  it('keeps NaN, infinities and the sign of zero', async () => {
    const special = () => constant(Float32Array.of(Number.NaN, Infinity, -Infinity, -0, 0, 1e38), [6])
    expect(await left(() => reciprocal(special()))).toEqual({})
    expect(await left(() => multiply(special(), -10))).toEqual({})
    expect(await left(() => subtract(special(), special()))).toEqual({})
    expect(await left(() => sum(special()))).toEqual({})
  })

  it('keeps what cancels in float32', async () => {
    expect(await left(() => subtract(add(scalar(1), 1e8), 1e8))).toEqual({})
  })

  it('is moved, but not computed, where it is integers', async () => {
    expect(await left(() => transpose(integers(), [1, 0]))).toEqual({})
    expect(await left(() => add(integers(), integers()))).toEqual({ Add: 1 })
  })

  it('stays where the result would be large and larger than its operands', async () => {
    expect(await left(() => add(table([65, 1]), table([1, 64])))).toEqual({ Add: 1 })
    expect(await left(() => expand(scalar(2), [65, 64]))).toEqual({ Expand: 1 })
    expect(await left(() => multiply(table([65, 64]), 2))).toEqual({})
  })

  it('stays where the operator is none of those', async () => {
    expect(await left(() => exp(table([3])))).toEqual({ Exp: 1 })
  })
})

it('what depends on an input stays', async () => {
  const { after } = await expectUnchanged(simplify, { x: fed([3], [1, -0, Number.NaN]) }, (t) => ({
    y: multiply(t.x, add(table([3]), 1)),
  }))
  expect(after).toEqual({ Mul: 1 })
})
