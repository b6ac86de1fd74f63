import { describe, expect, it } from 'vitest'
import {
  cast,
  concat,
  constant,
  type DataType,
  expand,
  flip,
  full,
  interleave,
  pad,
  padEdge,
  padReflected,
  repeatInterleave,
  reshape,
  roll,
  type Shape,
  shift,
  slice,
  split,
  stack,
  type Tensor,
  tile,
  transpose,
} from '../../src/tensor/index.ts'
import { fed, runGraph } from './run-graph.ts'

/** The entries 0 ... n - 1 of one axis after a function, with and without the passes of the CPU. */
async function order(n: number, body: (x: Tensor) => Tensor): Promise<number[]> {
  const x = fed([n], [...Array(n).keys()])
  const { y } = await runGraph({ x }, (t) => ({ y: body(t.x) }))
  expect((await runGraph({ x }, (t) => ({ y: body(t.x) }), { passes: [] })).y).toEqual(y)
  return y
}

describe('slices backwards', () => {
  it.each([
    [6, -1, -1, [6, 5, 4, 3, 2, 1, 0]],
    [6, 0, -1, [6, 5, 4, 3, 2, 1]],
    [5, -1, -2, [5, 3, 1]],
    [4, 1, -3, [4]],
    [0, -1, -4, [0]],
  ])('from %i to before %i by %i', async (start, end, step, wanted) => {
    expect(await order(7, (x) => slice(x, 0, start, end, step))).toEqual(wanted)
  })
})

describe('an axis in another order', () => {
  it('flipped', async () => {
    expect(await order(4, (x) => flip(x, [0]))).toEqual([3, 2, 1, 0])
    expect(await order(6, (x) => flip(reshape(x, [2, 3]), [0, -1]))).toEqual([5, 4, 3, 2, 1, 0])
    expect(await order(6, (x) => flip(reshape(x, [2, 1, 3]), [1, 0]))).toEqual([3, 4, 5, 0, 1, 2])
  })

  it.each([
    [0, [0, 1, 2, 3, 4]],
    [2, [3, 4, 0, 1, 2]],
    [-1, [1, 2, 3, 4, 0]],
    [5, [0, 1, 2, 3, 4]],
    [-13, [3, 4, 0, 1, 2]],
  ])('rolled by %i', async (by, wanted) => {
    expect(await order(5, (x) => roll(x, 0, by))).toEqual(wanted)
  })
})

describe('entries of several tensors in turn', () => {
  it('as many as are asked for, also of one tensor', async () => {
    expect(await order(3, (x) => interleave([x, flip(x, [0])], 0, 5))).toEqual([0, 2, 1, 1, 2])
    expect(await order(3, (x) => interleave([x], 0, 2))).toEqual([0, 1])
  })
})

describe('an axis moved on', () => {
  it.each([
    [1, 4, [0, 0, 1, 2]],
    [-2, 4, [2, 0, 0, 0]],
    [0, 2, [0, 1]],
    [3, 3, [0, 0, 0]],
    [-3, 2, [0, 0]],
  ])('by %i, to %i entries, has zeros where it has none', async (by, length, wanted) => {
    expect(await order(3, (x) => shift(x, 0, by, length))).toEqual(wanted)
  })
})

describe('copies', () => {
  it('of whole axes', async () => {
    expect(await order(2, (x) => tile(x, [3]))).toEqual([0, 1, 0, 1, 0, 1])
    expect(await order(4, (x) => tile(reshape(x, [2, 2]), [2, 2]))).toEqual([
      0, 1, 0, 1, 2, 3, 2, 3, 0, 1, 0, 1, 2, 3, 2, 3,
    ])
  })

  it('of every entry', async () => {
    expect(await order(3, (x) => repeatInterleave(x, 2, 0))).toEqual([0, 0, 1, 1, 2, 2])
    expect(await order(4, (x) => repeatInterleave(reshape(x, [2, 2]), 2, 0))).toEqual([0, 1, 0, 1, 2, 3, 2, 3])
    expect(await order(4, (x) => repeatInterleave(reshape(x, [2, 2]), 2, -1))).toEqual([0, 0, 1, 1, 2, 2, 3, 3])
  })

  it('side by side along a new axis', async () => {
    expect(await order(2, (x) => stack([x, flip(x, [0])], 0))).toEqual([0, 1, 1, 0])
    expect(await order(2, (x) => stack([x, flip(x, [0])], -1))).toEqual([0, 1, 1, 0])
    expect(await order(3, (x) => stack([x, x], 1))).toEqual([0, 0, 1, 1, 2, 2])
  })
})

describe('borders', () => {
  it.each([
    [2, 1, [9, 9, 0, 1, 2, 3, 9]],
    [-1, 2, [1, 2, 3, 9, 9]],
    [-1, -2, [1]],
    [0, 0, [0, 1, 2, 3]],
  ])('of a value, %i in front and %i behind', async (before, after, wanted) => {
    expect(await order(4, (x) => pad(x, 0, before, after, 9))).toEqual(wanted)
  })

  it.each([
    [2, 1, [2, 1, 0, 1, 2, 3, 2]],
    [3, 3, [3, 2, 1, 0, 1, 2, 3, 2, 1, 0]],
    [0, 2, [0, 1, 2, 3, 2, 1]],
    [-1, 1, [1, 2, 3, 2]],
  ])('mirrored, %i in front and %i behind', async (before, after, wanted) => {
    expect(await order(4, (x) => padReflected(x, 0, before, after))).toEqual(wanted)
  })

  it.each([
    [2, 1, [0, 0, 0, 1, 2, 3, 3]],
    [0, 3, [0, 1, 2, 3, 3, 3, 3]],
    [-2, 2, [2, 3, 3, 3]],
    [1, -3, [0, 0]],
  ])('of the last entry repeated, %i in front and %i behind', async (before, after, wanted) => {
    expect(await order(4, (x) => padEdge(x, 0, before, after))).toEqual(wanted)
  })

  it('of an axis that is neither the first nor the last', async () => {
    const middle = (x: Tensor) => reshape(x, [2, 2, 2])
    expect(await order(8, (x) => padReflected(middle(x), 1, 1, 0))).toEqual([2, 3, 0, 1, 2, 3, 6, 7, 4, 5, 6, 7])
    expect(await order(8, (x) => padEdge(middle(x), -2, 0, 1))).toEqual([0, 1, 2, 3, 2, 3, 4, 5, 6, 7, 6, 7])
  })
})

describe('tensors of every element type', () => {
  const functions: Record<string, (x: Tensor) => Tensor> = {
    reshape: (x) => reshape(x, [3, 2]),
    transpose: (x) => transpose(x, [1, 0]),
    expand: (x) => expand(reshape(x, [2, 1, 3]), [2, 2, 3]),
    concat: (x) => concat([x, x], 1),
    split: (x) => split(x, 1, [1, 2])[1],
    'slice backwards': (x) => slice(x, 1, 2, -1, -1),
    'slice by steps': (x) => slice(x, 1, 0, 3, 2),
    pad: (x) => pad(x, 1, 1, -1),
    padReflected: (x) => padReflected(x, 1, 2, 1),
    padEdge: (x) => padEdge(x, 0, 0, 1),
    interleave: (x) => interleave([x, x], 0, 3),
    shift: (x) => shift(x, 1, 1, 3),
    'shift out of sight': (x) => shift(x, 1, 5, 3),
    tile: (x) => tile(x, [1, 2]),
    roll: (x) => roll(x, 1, 1),
    stack: (x) => stack([x, x], 0),
  }
  const bits = [1, 0, 0, 1, 1, 0]
  const sources: [DataType, (shape: Shape) => Tensor][] = [
    ['i32', (shape) => constant(Int32Array.from(bits), shape)],
    ['i64', (shape) => constant(BigInt64Array.from(bits, BigInt), shape)],
    ['bool', (shape) => constant(Uint8Array.from(bits), shape)],
  ]
  it.each(sources)('%s travel like floats', async (dtype, source) => {
    const shape = [2, 3]
    const results = await runGraph({ x: fed(shape, bits) }, ({ x }) =>
      Object.fromEntries(
        Object.entries(functions).flatMap(([name, body]) => {
          const y = body(source(shape))
          expect(y.dtype, name).toBe(dtype)
          return [
            [name, cast(y, 'f32')],
            [`${name} of floats`, body(x)],
          ]
        }),
      ),
    )
    for (const name of Object.keys(functions)) expect(results[name], name).toEqual(results[`${name} of floats`])
  })

  it('are padded with a value of their type', () => {
    expect(pad(full([2], 1, 'i64'), 0, 1, 1, 7).dtype).toBe('i64')
    expect(() => pad(full([2], 1, 'i32'), 0, 1, 0, 0.5)).toThrow(/whole number/)
  })
})
