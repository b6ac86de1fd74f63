import { describe, it } from 'vitest'
import {
  constant,
  gather,
  gatherElements,
  gatherNd,
  scatterAdd,
  scatterNdAdd,
  square,
} from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { integersFed, randomFed } from '../run-graph.ts'

describe('gradient of gather', () => {
  it.each([
    ['each index once', 0, [3], [2, 0, 1]],
    ['repeated indices', 0, [5], [1, 1, 0, 1, 2]],
    ['one index', 1, [1], [3]],
    ['no axis of indices', 1, [], [2]],
    ['two axes of indices', 1, [2, 3], [0, 3, 3, 1, 0, 3]],
    ['indices counted from the end', 0, [3], [-1, 0, -1]],
  ] as const)('%s', async (_, axis, shape, values) => {
    const inputs = { x: randomFed([3, 4, 2]), indices: integersFed(shape, values) }
    await checkGradient(inputs, ({ x, indices }) => square(gather(x, indices, axis)))
  })

  it.each([
    ['a permutation', [2, 0, 1]],
    ['a selection', [2, 0]],
    ['one', [1]],
    ['repeated ones', [1, 1, 0, 1]],
    ['some that count from the end', [-1, 0]],
    ['one named from both ends', [2, -1]],
  ])('with constant indices: %s', async (_, positions) => {
    const order = constant(Int32Array.from(positions), [positions.length])
    for (const axis of [0, -1]) {
      await checkGradient({ x: randomFed([3, 3]) }, ({ x }) => square(gather(x, order, axis)))
    }
  })

  it('with many repeated constant indices', async () => {
    const positions = constant(
      BigInt64Array.from({ length: 1400 }, (_, i) => BigInt(i % 3)),
      [2, 700],
    )
    await checkGradient({ x: randomFed([2, 3]) }, ({ x }) => gather(x, positions, 1))
  })
})

describe('gradient of gatherElements and scatterAdd', () => {
  it('gatherElements with repeated indices', async () => {
    const inputs = { x: randomFed([3, 4]), indices: integersFed([3, 2], [0, 0, 3, 1, 2, 2]) }
    await checkGradient(inputs, ({ x, indices }) => square(gatherElements(x, indices, 1)))
  })

  it('gatherElements along the first axis', async () => {
    const inputs = { x: randomFed([3, 2]), indices: integersFed([4, 2], [0, 2, 0, 1, 2, 1, 1, 1]) }
    await checkGradient(inputs, ({ x, indices }) => square(gatherElements(x, indices, 0)))
  })

  it('scatterAdd, into x and from the updates', async () => {
    const inputs = {
      x: randomFed([2, 3], 1),
      indices: integersFed([2, 4], [0, 2, 2, 1, 1, 1, 1, 0]),
      updates: randomFed([2, 4], 2),
    }
    await checkGradient(inputs, ({ x, indices, updates }) => square(scatterAdd(x, indices, updates, 1)))
  })
})

describe('gradient of gatherNd and scatterNdAdd', () => {
  it.each([
    ['entries', [4, 2], [2, 1, 0, 0, 2, 1, -1, -1]],
    ['rows', [3, 1], [1, 1, 2]],
    ['rows at positions of two axes', [2, 2, 1], [0, 2, 2, 2]],
  ] as const)('gatherNd of %s', async (_, shape, positions) => {
    const inputs = { x: randomFed([3, 2]), at: integersFed(shape, positions) }
    await checkGradient(inputs, ({ x, at }) => square(gatherNd(x, at)))
  })

  it('scatterNdAdd, into x and from the updates', async () => {
    const inputs = {
      x: randomFed([3, 2, 2], 1),
      at: integersFed([2, 2, 1], [2, 0, 2, 2]),
      updates: randomFed([2, 2, 2, 2], 2),
    }
    await checkGradient(inputs, ({ x, at, updates }) => square(scatterNdAdd(x, at, updates)))
  })
})
