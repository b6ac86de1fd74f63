import { describe, it } from 'vitest'
import {
  concat,
  expand,
  flatten,
  flip,
  interleave,
  multiply,
  pad,
  padEdge,
  padReflected,
  repeatInterleave,
  reshape,
  roll,
  shift,
  slice,
  split,
  square,
  squeeze,
  stack,
  subsample,
  swapLastAxes,
  type Tensor,
  tile,
  transpose,
  unsqueeze,
} from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { randomFed } from '../run-graph.ts'

describe('gradient of views', () => {
  const x = randomFed([2, 3, 2])
  const views: Record<string, (t: Tensor) => Tensor> = {
    reshape: (t) => reshape(t, [3, -1]),
    flatten,
    unsqueeze: (t) => unsqueeze(t, -1),
    squeeze: (t) => squeeze(unsqueeze(t, 1), 1),
    swapLastAxes,
    'transpose by a cycle': (t) => transpose(t, [2, 0, 1]),
    'transpose by its inverse': (t) => transpose(t, [1, 2, 0]),
    'transpose of four axes': (t) => transpose(reshape(t, [2, 3, 1, 2]), [3, 1, 0, 2]),
  }
  it.each(Object.entries(views))('%s', async (_, view) => {
    await checkGradient({ x }, (t) => square(view(t.x)))
  })
})

describe('gradient of expand', () => {
  it.each([
    [
      [1, 3],
      [2, 3],
    ],
    [
      [2, 1, 1],
      [2, 3, 2],
    ],
    [[3], [2, 3]],
    [[1], [2, 1, 3]],
    [[], [2, 2]],
    [
      [2, 1],
      [2, 1],
    ],
    [
      [2, 1],
      [1, 2, 1],
    ],
  ])('from [%s] to [%s]', async (from, to) => {
    await checkGradient({ x: randomFed(from) }, ({ x }) => square(expand(x, to)))
  })
})

describe('gradient of joining and cutting', () => {
  it('concat along any axis, also of one tensor with itself', async () => {
    const inputs = { a: randomFed([2, 1, 2], 1), b: randomFed([2, 3, 2], 2) }
    await checkGradient(inputs, ({ a, b }) => concat([a, b, multiply(a, b), a], 1))
    await checkGradient({ a: inputs.a }, ({ a }) => square(concat([a, a], -1)))
  })

  it('split, where all pieces, some or one is used', async () => {
    const x = randomFed([2, 6])
    await checkGradient({ x }, (t) => {
      const [first, second, third] = split(t.x, 1, [1, 3, 2])
      return concat([square(third), multiply(first, second)], 1)
    })
    await checkGradient({ x }, (t) => square(split(t.x, -1, [1, 3, 2])[1]))
    await checkGradient({ x }, (t) => square(split(t.x, 0, [2])[0]))
  })
})

describe('gradient of slices', () => {
  it.each([
    [0, 7, 1],
    [2, 5, 1],
    [6, 7, 1],
    [0, 7, 2],
    [0, 7, 3],
    [1, 7, 2],
    [2, 7, 4],
    // An end that leaves whole steps of the axis out.
    [0, 4, 2],
    [1, 3, 2],
    [0, 1, 5],
    [1, 6, 3],
    [6, -1, -1],
    [5, 0, -2],
    [6, 0, -3],
    [3, 2, -1],
    [1, -1, -4],
  ])('entries from %i to before %i by steps of %i', async (start, end, step) => {
    await checkGradient({ x: randomFed([2, 7]) }, ({ x }) => square(slice(x, 1, start, end, step)))
    await checkGradient({ x: randomFed([7, 2]) }, ({ x }) => square(slice(x, 0, start, end, step)))
  })

  it('subsample of an axis of length 1', async () => {
    await checkGradient({ x: randomFed([2, 1, 2]) }, ({ x }) => subsample(x, 1, 3))
  })
})

describe('gradient of copies and borders', () => {
  const bodies: Record<string, (t: Tensor) => Tensor> = {
    flip: (t) => flip(t, [0, 2]),
    roll: (t) => roll(t, 1, -1),
    stack: (t) => stack([t, square(t)], 1),
    tile: (t) => tile(t, [1, 2, 3]),
    repeatInterleave: (t) => repeatInterleave(t, 3, 1),
    'padReflected in front and behind': (t) => padReflected(t, 1, 2, 1),
    'padReflected of what a crop leaves': (t) => padReflected(t, 1, -1, 1),
    'padEdge in front and behind': (t) => padEdge(t, 2, 2, 3),
    'padEdge of what a crop leaves': (t) => padEdge(t, 1, 2, -2),
  }
  it.each(Object.entries(bodies))('%s', async (_, body) => {
    await checkGradient({ x: randomFed([2, 3, 2]) }, ({ x }) => square(body(x)))
  })
})

describe('gradient of padding and moving', () => {
  it.each([
    [2, 1],
    [0, 3],
    [3, 0],
    [0, 0],
    [-1, 2],
    [1, -2],
    [-1, -1],
  ])('pad by %i and %i', async (before, after) => {
    await checkGradient({ x: randomFed([2, 3]) }, ({ x }) => square(pad(x, 1, before, after, 0.5)))
  })

  it.each([
    [0, 5],
    [2, 5],
    [-2, 5],
    [3, 4],
    [-3, 2],
    [1, 2],
  ])('shift by %i to length %i', async (by, length) => {
    await checkGradient({ x: randomFed([2, 4]) }, ({ x }) => square(shift(x, 1, by, length)))
  })

  it('count an axis from the end', async () => {
    await checkGradient({ x: randomFed([2, 4]) }, ({ x }) => {
      const parts = [pad(x, -1, 1, 0), shift(x, -1, 2, 5), interleave([x, square(x)], -1, 7), subsample(x, -1, 3)]
      return square(concat(parts, -1))
    })
  })

  it('interleave of phases of unequal length', async () => {
    const inputs = { a: randomFed([2, 3], 1), b: randomFed([2, 2], 2), c: randomFed([2, 2], 3) }
    await checkGradient(inputs, ({ a, b, c }) => square(interleave([a, b, c], 1, 7)))
  })
})
