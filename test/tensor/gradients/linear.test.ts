import { describe, it } from 'vitest'
import { linear, matmul, type Shape, swapLastAxes, transpose } from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { randomFed } from '../run-graph.ts'

describe('gradient of matmul', () => {
  it.each([
    [
      [2, 3],
      [3, 4],
    ],
    [
      [1, 3],
      [3, 1],
    ],
    [
      [2, 1],
      [1, 2],
    ],
    [
      [2, 2, 3],
      [2, 3, 2],
    ],
    [
      [2, 2, 3],
      [3, 2],
    ],
    [
      [2, 3],
      [2, 3, 2],
    ],
    [
      [2, 1, 2, 2],
      [1, 3, 2, 1],
    ],
    [
      [3, 2, 2],
      [2, 1, 2, 2],
    ],
  ] as [Shape, Shape][])('of shapes [%s] and [%s]', async (first, second) => {
    await checkGradient({ a: randomFed(first, 1), b: randomFed(second, 2) }, ({ a, b }) => matmul(a, b))
  })

  it.each([
    [[3], [3]],
    [[3], [3, 2]],
    [[2, 3], [3]],
    [[3], [2, 3, 2]],
    [[2, 2, 3], [3]],
    [[1], [1]],
  ] as [Shape, Shape][])('of vectors: shapes [%s] and [%s]', async (first, second) => {
    await checkGradient({ a: randomFed(first, 1), b: randomFed(second, 2) }, ({ a, b }) => matmul(a, b))
  })

  it('of transposed operands', async () => {
    const inputs = { a: randomFed([2, 3, 2], 1), b: randomFed([2, 4, 3], 2), c: randomFed([2, 2, 4], 3) }
    await checkGradient(inputs, ({ a, b, c }) => matmul(matmul(swapLastAxes(a), swapLastAxes(b)), swapLastAxes(c)))
  })

  it('of an operand with a transposed batch', async () => {
    const inputs = { a: randomFed([2, 3, 2, 2], 1), b: randomFed([3, 2, 2, 2], 2) }
    await checkGradient(inputs, ({ a, b }) => matmul(transpose(a, [1, 0, 2, 3]), transpose(b, [0, 1, 3, 2])))
  })

  it('of a matrix with itself', async () => {
    await checkGradient({ a: randomFed([3, 3]) }, ({ a }) => matmul(a, a))
  })
})

describe('gradient of linear', () => {
  it.each([[[2, 3]], [[1, 3]], [[2, 2, 3]]] as [Shape][])('of x [%s]', async (shape) => {
    const inputs = { x: randomFed(shape, 1), weight: randomFed([4, 3], 2), bias: randomFed([4], 3) }
    await checkGradient(inputs, ({ x, weight, bias }) => linear(x, weight, bias))
  })
})
