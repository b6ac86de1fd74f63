import { describe, it } from 'vitest'
import {
  add,
  divide,
  modulo,
  multiply,
  negate,
  power,
  type Shape,
  subtract,
  type Tensor,
} from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { randomFed } from '../run-graph.ts'

const operators: Record<string, (a: Tensor, b: Tensor) => Tensor> = { add, subtract, multiply, divide }

/** Pairs of shapes: equal, one axis of length 1 on either side, on both sides, fewer axes, none. */
const pairs: readonly [Shape, Shape][] = [
  [
    [2, 3],
    [2, 3],
  ],
  [
    [2, 3],
    [2, 1],
  ],
  [
    [1, 3],
    [2, 3],
  ],
  [
    [2, 1],
    [1, 3],
  ],
  [[2, 3, 2], [2]],
  [[3], [2, 1, 3]],
  [[2, 2], []],
  [[], [2, 2]],
  [[1, 1], [1]],
]

describe.each(Object.entries(operators))('gradient of %s', (_, operator) => {
  it.each(pairs)('for shapes [%s] and [%s]', async (first, second) => {
    const inputs = { a: randomFed(first, 1), b: randomFed(second, 2, 1, 2) }
    await checkGradient(inputs, ({ a, b }) => operator(a, b))
  })

  it('where both operands are one tensor', async () => {
    await checkGradient({ a: randomFed([2, 3], 3, 1, 2) }, ({ a }) => operator(a, multiply(a, a)))
  })
})

describe('gradient of power and modulo', () => {
  it.each(pairs)('for shapes [%s] and [%s]', async (first, second) => {
    await checkGradient({ a: randomFed(first, 1, 0.5, 2), b: randomFed(second, 2, -2, 2) }, ({ a, b }) => power(a, b))
    // Quotients from 2.1 to 2.6: no step of the differences crosses a whole number.
    const inputs = { a: randomFed(first, 1, 2.3, 2.6), b: randomFed(second, 2, 1, 1.1) }
    await checkGradient(inputs, ({ a, b }) => modulo(a, b))
    await checkGradient(inputs, ({ a, b }) => modulo(a, negate(b)))
  })

  it.each([3, -2, 0.5, 2])('power of a tensor by %s', async (exponent) => {
    await checkGradient({ x: randomFed([2, 3], 1, 1, 2) }, ({ x }) => power(x, exponent))
  })

  it('power of a number by a tensor', async () => {
    await checkGradient({ x: randomFed([2, 3]) }, ({ x }) => power(2, x))
  })
})

describe('gradient of arithmetic with numbers', () => {
  it('on either side of the operator', async () => {
    const x = randomFed([2, 3], 1, 1, 2)
    await checkGradient({ x }, (t) => divide(2, add(multiply(3, t.x), 1)))
    await checkGradient({ x }, (t) => subtract(1, divide(negate(t.x), 4)))
  })
})
