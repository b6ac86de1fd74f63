import { describe, expect, it } from 'vitest'
import { sumRows } from '../../../src/runtime/cpu/sum-rows.ts'
import { sum } from '../../../src/tensor/index.ts'
import { expectUnchanged } from '../../tensor/passes/expect-unchanged.ts'
import { randomFed } from '../../tensor/run-graph.ts'

describe('a sum over the first axis', () => {
  it.each([[[3, 1024]], [[5, 4, 512]], [[1, 2, 1024]]])('of long rows [%s] is a matrix product', async (shape) => {
    const { after } = await expectUnchanged(sumRows, { x: randomFed(shape) }, (t) => ({ y: sum(t.x, [0]) }))
    expect(after.MatMul ?? 0).toBe(shape[0] === 1 ? 0 : 1)
    expect(after.ReduceSum ?? 0).toBe(0)
  })

  it.each([[[3, 1023]], [[31, 1023]], [[509, 100]]])(
    'of short rows [%s] that are few, or that no divisor joins, stays a reduction',
    async (shape) => {
      const { after } = await expectUnchanged(sumRows, { x: randomFed(shape) }, (t) => ({ y: sum(t.x, [0]) }))
      expect(after).toEqual({ ReduceSum: 1 })
    },
  )

  it.each([[[512, 96]], [[64, 1023]], [[512, 5, 20]]])(
    'of many short rows [%s] is a matrix product of several rows at once',
    async (shape) => {
      const { after } = await expectUnchanged(sumRows, { x: randomFed(shape) }, (t) => ({ y: sum(t.x, [0]) }))
      expect(after.MatMul).toBe(1)
      expect(after.ReduceSum).toBe(1)
    },
  )

  it('of no rows, or of rows without elements, stays a reduction', async () => {
    for (const shape of [
      [0, 5],
      [5, 0],
    ]) {
      const { after } = await expectUnchanged(sumRows, { x: randomFed(shape) }, (t) => ({ y: sum(t.x, [0]) }))
      expect(after).toEqual({ ReduceSum: 1 })
    }
  })

  it('together with others stays a reduction', async () => {
    const { after } = await expectUnchanged(sumRows, { x: randomFed([3, 4, 1024]) }, (t) => ({ y: sum(t.x, [0, 2]) }))
    expect(after.ReduceSum).toBe(1)
    expect(after.MatMul).toBeUndefined()
  })

  it('of whole numbers stays exact', async () => {
    const whole = { shape: [2, 1024], data: new Int32Array(2048).fill(16_777_217) }
    const { after } = await expectUnchanged(sumRows, { x: whole }, (t) => ({ y: sum(t.x, [0]) }))
    expect(after.MatMul).toBeUndefined()
  })
})
