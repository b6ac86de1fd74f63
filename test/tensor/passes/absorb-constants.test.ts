import { describe, expect, it } from 'vitest'
import {
  add,
  concat,
  constant,
  convolution,
  matmul,
  maxPool,
  multiply,
  relu,
  reshape,
  type Shape,
  simplify,
  sum,
  type Tensor,
  transpose,
} from '../../../src/tensor/index.ts'
import { absorbConstants } from '../../../src/tensor/passes/absorb-constants.ts'
import { type Fed, fed, randomFed, type Tensors } from '../run-graph.ts'
import { expectUnchanged } from './expect-unchanged.ts'

const x = randomFed([2, 3, 4, 5])
const table = (shape: Shape, seed = 1, low = -1, high = 1) =>
  constant(randomFed(shape, seed, low, high).data as Float32Array, shape)
const scale = (channels: number, seed = 7) => table([1, channels, 1, 1], seed, 0.5, 3)
const offset = (channels: number, seed = 8) => table([1, channels, 1, 1], seed)
const affine = (t: Tensor) => add(multiply(t, scale(t.shape[1])), offset(t.shape[1]))
const pointwise = (t: Tensor, channels: number, seed = 3) =>
  convolution(t, table([channels, t.shape[1], 1, 1], seed), table([channels], seed + 1))

const absorbed = (roots: readonly Tensor[]) => simplify(absorbConstants(simplify(roots)))

/** Operators that are left of a graph whose outputs must not change. */
async function left(body: (t: Tensors) => Tensor, inputs: Record<string, Fed> = { x }) {
  return (await expectUnchanged(absorbed, inputs, (t) => ({ y: body(t) }))).after
}

describe('a constant factor and addend per channel', () => {
  it('become part of the convolution in front of them', async () => {
    expect(await left(({ x }) => affine(pointwise(x, 6)))).toEqual({ Conv: 1 })
    const grouped = ({ x }: Tensors) =>
      affine(convolution(x, table([6, 1, 3, 1]), undefined, { groups: 3, padding: [1, 0, 1, 0] }))
    expect(await left(grouped)).toEqual({ Conv: 1 })
  })

  it('also where all values lie far from zero, or are large', async () => {
    for (const [low, high] of [
      [999, 1001],
      [-1e4, 1e4],
    ]) {
      expect(await left(({ x }) => affine(pointwise(x, 6)), { x: randomFed(x.shape, 1, low, high) })).toEqual({
        Conv: 1,
      })
    }
  })

  it('leave NaN and infinities where they are', async () => {
    const values = Array.from(x.data)
    values[3] = Number.NaN
    values[41] = Infinity
    values[83] = -Infinity
    values[100] = -0
    expect(await left(({ x }) => affine(pointwise(x, 6)), { x: fed(x.shape, values) })).toEqual({ Conv: 1 })
  })

  it('pass a matrix product, a sum and reshapes, the factor alone', async () => {
    const mixed = ({ x }: Tensors) => {
      const y = matmul(reshape(pointwise(x, 6), [2, 2, 3 * 4, 5]), table([2, 5, 5]))
      return affine(reshape(sum(y, [1]), [2, 3, 4, 5]))
    }
    expect(await left(mixed)).toMatchObject({ Conv: 1, MatMul: 1, Add: 1 })
    expect(await left(mixed)).not.toHaveProperty('Mul')
  })

  it('pass transpositions', async () => {
    const body = ({ x }: Tensors) => multiply(transpose(pointwise(x, 6), [0, 2, 1, 3]), table([6, 1], 4))
    expect(await left(body)).toEqual({ Conv: 1, Transpose: 1 })
  })

  it('go to every joined piece, and stay where one cannot take them', async () => {
    const body = ({ x }: Tensors) => affine(concat([pointwise(x, 4), pointwise(x, 3, 5), maxPool(x, [1, 1])], 1))
    expect(await left(body)).toEqual({ Conv: 2, Concat: 1, Mul: 1, Add: 1 })
    expect(await left(({ x }) => affine(concat([pointwise(x, 2), relu(x)], 1)))).toMatchObject({ Mul: 1, Add: 1 })
  })

  it('stay where what they follow is used elsewhere, too', async () => {
    const { after } = await expectUnchanged(absorbed, { x }, (t) => {
      const y = pointwise(t.x, 6)
      return { y, z: affine(y) }
    })
    expect(after).toEqual({ Conv: 1, Mul: 1, Add: 1 })
  })

  it('stay where they differ along other axes, too', async () => {
    const body = ({ x }: Tensors) => add(multiply(pointwise(x, 3), table([3, 1, 5])), table([4, 1]))
    expect(await left(body)).toEqual({ Conv: 1, Mul: 1, Add: 1 })
  })

  it('stay where the weights are no constants', async () => {
    const inputs = { x, w: randomFed([6, 3, 1, 1], 2) }
    expect(await left(({ x, w }) => multiply(convolution(x, w), scale(6)), inputs)).toEqual({ Conv: 1, Mul: 1 })
  })

  it('stay where they make the result wider', async () => {
    const body = ({ x }: Tensors) => multiply(pointwise(x, 1), table([1, 4, 1, 1]))
    expect(await left(body)).toEqual({ Conv: 1, Mul: 1 })
  })

  it('of an empty batch change nothing', async () => {
    expect(await left(({ x }) => affine(pointwise(x, 6)), { x: fed([0, 3, 4, 5], []) })).toMatchObject({ Conv: 1 })
  })
})

describe('constants one after the other', () => {
  it('are joined', async () => {
    expect(await left(({ x }) => multiply(multiply(x, 3), table([5])))).toEqual({ Mul: 1 })
    expect(await left(({ x }) => add(3, add(table([4, 1]), x)))).toEqual({ Add: 1 })
  })

  it('stay where they cancel: the first sum rounds', async () => {
    expect(await left(({ x }) => add(add(x, 1e8), -1e8))).toEqual({ Add: 2 })
  })

  it('stay where their product leaves float32', async () => {
    expect(await left(({ x }) => multiply(multiply(x, 1e30), 1e-30))).toEqual({ Mul: 2 })
  })
})

it('an addend moves to the other branch, where a convolution takes it in', async () => {
  const body = ({ x }: Tensors) => relu(add(add(relu(x), offset(3)), pointwise(x, 3)))
  expect(await left(body)).toEqual({ Add: 1, Conv: 1, Relu: 2 })
})
