import { describe, expect, it } from 'vitest'
import { constant, gather, gatherElements, oneHot, scatterAdd, square } from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { type Fed, randomFed, runGraph } from '../run-graph.ts'

const integers = (shape: readonly number[], values: readonly number[]): Fed => ({
  shape,
  data: Int32Array.from(values),
})

describe('gradient of gather', () => {
  it.each([
    ['each index once', 0, [3], [2, 0, 1]],
    ['repeated indices', 0, [5], [1, 1, 0, 1, 2]],
    ['one index', 1, [1], [3]],
    ['no axis of indices', 1, [], [2]],
    ['two axes of indices', 1, [2, 3], [0, 3, 3, 1, 0, 3]],
    ['indices counted from the end', 0, [3], [-1, 0, -1]],
  ] as const)('%s', async (_, axis, shape, values) => {
    const inputs = { x: randomFed([3, 4, 2]), indices: integers(shape, values) }
    await checkGradient(inputs, ({ x, indices }) => square(gather(x, indices, axis)))
  })

  it('with constant indices along the last axis', async () => {
    const order = constant(Int32Array.of(1, 1, 0), [3])
    await checkGradient({ x: randomFed([2, 3, 2]) }, ({ x }) => square(gather(x, order, -1)))
  })
})

describe('gradient of gatherElements and scatterAdd', () => {
  it('gatherElements with repeated indices', async () => {
    const inputs = { x: randomFed([3, 4]), indices: integers([3, 2], [0, 0, 3, 1, 2, 2]) }
    await checkGradient(inputs, ({ x, indices }) => square(gatherElements(x, indices, 1)))
  })

  it('gatherElements along the first axis', async () => {
    const inputs = { x: randomFed([3, 2]), indices: integers([4, 2], [0, 2, 0, 1, 2, 1, 1, 1]) }
    await checkGradient(inputs, ({ x, indices }) => square(gatherElements(x, indices, 0)))
  })

  it('scatterAdd, into x and from the updates', async () => {
    const inputs = {
      x: randomFed([2, 3], 1),
      indices: integers([2, 4], [0, 2, 2, 1, 1, 1, 1, 0]),
      updates: randomFed([2, 4], 2),
    }
    await checkGradient(inputs, ({ x, indices, updates }) => square(scatterAdd(x, indices, updates, 1)))
  })
})

describe('oneHot', () => {
  it('has a 1 at every label', async () => {
    const { rows } = await runGraph({ label: integers([3], [2, 0, 2]) }, ({ label }) => ({ rows: oneHot(label, 3) }))
    expect(rows).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 1])
  })
})
