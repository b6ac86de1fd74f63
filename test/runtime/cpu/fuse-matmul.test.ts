import { describe, expect, it } from 'vitest'
import { fuseMatmul } from '../../../src/runtime/cpu/fuse-matmul.ts'
import {
  full,
  linear,
  matmul,
  multiply,
  type Shape,
  swapLastAxes,
  type Tensor,
  transpose,
} from '../../../src/tensor/index.ts'
import { expectUnchanged } from '../../tensor/passes/expect-unchanged.ts'
import { fed, randomFed } from '../../tensor/run-graph.ts'

describe('a matrix product of transposed operands', () => {
  /** Shapes of a and b, whose product is defined with the marked operands transposed. */
  it.each<[string, Shape, Shape, (a: Tensor, b: Tensor) => Tensor]>([
    ['the first', [4, 2], [4, 3], (a, b) => matmul(swapLastAxes(a), b)],
    ['the second', [2, 4], [3, 4], (a, b) => matmul(a, swapLastAxes(b))],
    ['both', [4, 2], [3, 4], (a, b) => matmul(swapLastAxes(a), swapLastAxes(b))],
    ['the first, in batches', [5, 4, 2], [5, 4, 3], (a, b) => matmul(swapLastAxes(a), b)],
    ['both, in batches of two axes', [2, 3, 4, 2], [2, 3, 3, 4], (a, b) => matmul(swapLastAxes(a), swapLastAxes(b))],
    ['the first, the second without a batch', [5, 4, 2], [4, 3], (a, b) => matmul(swapLastAxes(a), b)],
    ['the second without a batch', [5, 2, 4], [3, 4], (a, b) => matmul(a, swapLastAxes(b))],
    ['the first without a batch', [4, 2], [5, 4, 3], (a, b) => matmul(swapLastAxes(a), b)],
    ['the second, the first without a batch', [2, 4], [5, 3, 4], (a, b) => matmul(a, swapLastAxes(b))],
    ['batches that broadcast', [2, 1, 4, 2], [3, 4, 5], (a, b) => matmul(swapLastAxes(a), b)],
    ['batches that broadcast both ways', [2, 1, 2, 4], [1, 3, 5, 4], (a, b) => matmul(a, swapLastAxes(b))],
    ['matrices with one row', [4, 1], [4, 3], (a, b) => matmul(swapLastAxes(a), b)],
  ])('reads %s in place', async (_, first, second, body) => {
    const inputs = { a: randomFed(first, 1), b: randomFed(second, 2) }
    const { after } = await expectUnchanged(fuseMatmul, inputs, ({ a, b }) => ({ y: body(a, b) }))
    expect(after).toEqual({ FusedMatMul: 1 })
  })

  it('of a matrix with itself', async () => {
    const { after } = await expectUnchanged(fuseMatmul, { a: randomFed([4, 3]) }, ({ a }) => ({
      y: matmul(swapLastAxes(a), a),
    }))
    expect(after).toEqual({ FusedMatMul: 1 })
  })

  it('keeps a transposed operand that is used elsewhere', async () => {
    const inputs = { a: randomFed([4, 2], 1), b: randomFed([4, 3], 2) }
    const { after } = await expectUnchanged(fuseMatmul, inputs, ({ a, b }) => {
      const turned = swapLastAxes(a)
      return { turned, y: matmul(turned, b) }
    })
    expect(after).toEqual({ FusedMatMul: 1, Transpose: 1 })
  })

  it('is what a linear layer is', async () => {
    const inputs = { x: randomFed([5, 4], 1), weight: randomFed([3, 4], 2), bias: randomFed([3], 3) }
    const { after } = await expectUnchanged(fuseMatmul, inputs, ({ x, weight, bias }) => ({
      y: linear(x, weight, bias),
    }))
    expect(after).toEqual({ Add: 1, FusedMatMul: 1 })
  })

  it('keeps NaN and infinities in their row', async () => {
    const inputs = { a: fed([2, 3], [Infinity, 1, Number.NaN, 1, -Infinity, 2]), b: randomFed([2, 2], 2, 1, 2) }
    const { after } = await expectUnchanged(fuseMatmul, inputs, ({ a, b }) => ({ y: matmul(swapLastAxes(a), b) }))
    expect(after).toEqual({ FusedMatMul: 1 })
  })
})

describe('a matrix product times a number', () => {
  it.each<[string, (a: Tensor, b: Tensor) => Tensor]>([
    ['as it is', (a, b) => multiply(matmul(a, b), 0.5)],
    ['of a transposed operand', (a, b) => multiply(matmul(swapLastAxes(a), b), -3)],
    ['times another one', (a, b) => multiply(2, multiply(matmul(a, b), 0.25))],
  ])('%s is one operator', async (_, body) => {
    const inputs = { a: randomFed([5, 4, 4], 1), b: randomFed([4, 3], 2) }
    const { after } = await expectUnchanged(fuseMatmul, inputs, ({ a, b }) => ({ y: body(a, b) }))
    expect(after).toEqual({ FusedMatMul: 1 })
  })

  it('that is used without it, too, is computed once', async () => {
    const inputs = { a: randomFed([2, 4], 1), b: randomFed([4, 3], 2) }
    const { after } = await expectUnchanged(fuseMatmul, inputs, ({ a, b }) => {
      const product = matmul(a, b)
      return { product, half: multiply(product, 0.5) }
    })
    expect(after).toEqual({ MatMul: 1, Mul: 1 })
  })

  it('whose shape the number changes stays a product', async () => {
    const inputs = { a: randomFed([2, 4], 1), b: randomFed([4, 3], 2) }
    const { after } = await expectUnchanged(fuseMatmul, inputs, ({ a, b }) => ({
      y: multiply(matmul(a, b), full([1, 1, 1], 2)),
    }))
    expect(after).toEqual({ MatMul: 1, Mul: 1 })
  })

  it('keeps infinities and NaN', async () => {
    const inputs = { a: fed([2, 2], [Infinity, 1, Number.NaN, 1]), b: randomFed([2, 2], 2, 1, 2) }
    const { after } = await expectUnchanged(fuseMatmul, inputs, ({ a, b }) => ({ y: multiply(matmul(a, b), 0.5) }))
    expect(after).toEqual({ FusedMatMul: 1 })
    await expectUnchanged(fuseMatmul, inputs, ({ a, b }) => ({ y: multiply(matmul(a, b), 0) }))
  })
})

describe('what stays as it is', () => {
  it('a product of operands as they are', async () => {
    const inputs = { a: randomFed([2, 4], 1), b: randomFed([4, 3], 2) }
    const { after } = await expectUnchanged(fuseMatmul, inputs, ({ a, b }) => ({ y: matmul(a, b) }))
    expect(after).toEqual({ MatMul: 1 })
  })

  it.each([
    ['of the batch axes', [1, 0, 2, 3]],
    ['of the last two and the batch axes', [1, 0, 3, 2]],
    ['that turns three axes round', [0, 2, 3, 1]],
    ['of a batch and a matrix axis', [0, 2, 1, 3]],
    ['of the outer matrix axes', [0, 3, 2, 1]],
  ])('a transposition %s', async (_, permutation) => {
    const inputs = { a: randomFed([2, 2, 2, 2], 1), b: randomFed([2, 2, 2, 2], 2) }
    const { after } = await expectUnchanged(fuseMatmul, inputs, ({ a, b }) => ({
      y: matmul(transpose(a, permutation), b),
    }))
    expect(after).toEqual({ MatMul: 1, Transpose: 1 })
  })
})
