import { describe, expect, it } from 'vitest'
import { gatherStrided } from '../../../src/runtime/cpu/gather-strided.ts'
import { slice, subsample } from '../../../src/tensor/index.ts'
import { expectUnchanged } from '../../tensor/passes/expect-unchanged.ts'
import { fed, randomFed } from '../../tensor/run-graph.ts'

describe('a slice with a step', () => {
  it.each([
    [0, 7, 2],
    [0, 7, 3],
    [1, 7, 2],
    [1, 6, 3],
    [0, 1, 2],
    [3, 4, 9],
  ])('from %i below %i by steps of %i becomes a gather', async (start, end, step) => {
    const { after } = await expectUnchanged(gatherStrided, { x: randomFed([2, 7, 3]) }, (t) => ({
      y: slice(t.x, 1, start, end, step),
    }))
    expect(after).toEqual({ Gather: 1 })
  })

  it('along the first and the last axis too', async () => {
    const { after } = await expectUnchanged(gatherStrided, { x: randomFed([5, 3, 6]) }, (t) => ({
      first: subsample(t.x, 0, 2),
      last: subsample(t.x, -1, 4),
    }))
    expect(after).toEqual({ Gather: 2 })
  })

  it('keeps NaN and infinities', async () => {
    const x = fed([5], [Number.NaN, 1, Infinity, 2, -Infinity])
    await expectUnchanged(gatherStrided, { x }, (t) => ({ y: slice(t.x, 0, 0, 5, 2) }))
  })
})

describe('what stays as it is', () => {
  it('a slice without a step', async () => {
    const { after } = await expectUnchanged(gatherStrided, { x: randomFed([2, 7]) }, (t) => ({
      y: slice(t.x, 1, 2, 5),
    }))
    expect(after).toEqual({ Slice: 1 })
  })
})
