import { describe, it } from 'vitest'
import { add, divide, multiply, negate, type Shape, subtract, type Tensor } from '../../../src/tensor/index.ts'
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

describe('gradient of arithmetic with numbers', () => {
  it('on either side of the operator', async () => {
    const x = randomFed([2, 3], 1, 1, 2)
    await checkGradient({ x }, (t) => divide(2, add(multiply(3, t.x), 1)))
    await checkGradient({ x }, (t) => subtract(1, divide(negate(t.x), 4)))
  })
})
