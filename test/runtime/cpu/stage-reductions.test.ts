import { describe, expect, it } from 'vitest'
import { stageReductions } from '../../../src/runtime/cpu/stage-reductions.ts'
import { apply, sum } from '../../../src/tensor/index.ts'
import { expectUnchanged } from '../../tensor/passes/expect-unchanged.ts'
import { fed, randomFed } from '../../tensor/run-graph.ts'

const x = randomFed([2, 3, 4, 5])

describe('a sum over several runs of axes', () => {
  it.each([
    [[0, 2], 2],
    [[0, 2, 3], 2],
    [[1, 3], 2],
    [[0, 3], 2],
    [[0, 1, 3], 2],
  ])('over axes [%s] takes %i steps', async (axes, steps) => {
    const { before, after } = await expectUnchanged(stageReductions, { x }, (t) => ({ y: sum(t.x, axes) }))
    expect(before.ReduceSum).toBe(1)
    expect(after.ReduceSum).toBe(steps)
  })

  it('over neighbouring axes is one over their product', async () => {
    for (const axes of [
      [2, 3],
      [0, 1],
      [1, 2],
      [0, 1, 2, 3],
    ]) {
      const { after } = await expectUnchanged(stageReductions, { x }, (t) => ({ y: sum(t.x, axes) }))
      expect(after.ReduceSum).toBe(1)
      expect(after.Reshape).toBeGreaterThan(0)
    }
  })

  it('sees axes of length 1 between others', async () => {
    const { after } = await expectUnchanged(stageReductions, { x: randomFed([2, 1, 3, 1, 4]) }, (t) => ({
      y: sum(t.x, [0, 2, 4]),
      z: sum(t.x, [0, 1, 2]),
    }))
    expect(after.ReduceSum).toBeGreaterThan(2)
  })

  it('keeps NaN and infinities at their place', async () => {
    const special = fed([2, 2, 2], [Infinity, 1, 2, Number.NaN, 3, 4, -Infinity, 5])
    await expectUnchanged(stageReductions, { x: special }, (t) => ({ y: sum(t.x, [0, 2]), z: sum(t.x, [0]) }))
  })

  it('keeps sums of integers', async () => {
    const integers = { shape: [2, 2, 2], data: Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8) }
    await expectUnchanged(stageReductions, { x: integers }, (t) => ({ y: sum(t.x, [0, 2]) }))
  })
})

describe('what stays as it is', () => {
  it('a sum over one axis of two or three', async () => {
    for (const [shape, axis] of [
      [[4, 5], 0],
      [[4, 5], 1],
      [[3, 4, 5], 1],
    ] as const) {
      const { after } = await expectUnchanged(stageReductions, { x: randomFed(shape) }, (t) => ({
        y: sum(t.x, [axis]),
      }))
      expect(after).toEqual({ ReduceSum: 1 })
    }
  })

  it('other reductions', async () => {
    const { after } = await expectUnchanged(stageReductions, { x }, (t) => ({
      y: apply('ReduceMax', [t.x], { axes: [0, 2] }),
    }))
    expect(after).toEqual({ ReduceMax: 1 })
  })
})
