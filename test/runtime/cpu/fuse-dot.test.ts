import { describe, expect, it } from 'vitest'
import { fuseDot } from '../../../src/runtime/cpu/fuse-dot.ts'
import { multiply, reshape, sum } from '../../../src/tensor/index.ts'
import { expectUnchanged } from '../../tensor/passes/expect-unchanged.ts'
import { fed, randomFed } from '../../tensor/run-graph.ts'

const x = randomFed([2, 3, 32, 16], 1)
const z = randomFed([2, 3, 32, 16], 2)
const perChannel = [0, 2, 3]

describe('a sum of products per channel', () => {
  it('becomes products of rows', async () => {
    const { after } = await expectUnchanged(fuseDot, { x, z }, (t) => ({ y: sum(multiply(t.x, t.z), perChannel) }))
    expect(after).toMatchObject({ FusedMatMul: 1, ReduceSum: 1 })
    expect(after.Mul).toBeUndefined()
  })

  it('of one clip and of three axes too', async () => {
    const one = { x: randomFed([1, 3, 32, 16], 1), z: randomFed([1, 3, 32, 16], 2) }
    const { after } = await expectUnchanged(fuseDot, one, (t) => ({ y: sum(multiply(t.x, t.z), perChannel) }))
    expect(after.FusedMatMul).toBe(1)
    const flat = { x: randomFed([2, 3, 512], 1), z: randomFed([2, 3, 512], 2) }
    const three = await expectUnchanged(fuseDot, flat, (t) => ({ y: sum(multiply(t.x, t.z), [0, 2]) }))
    expect(three.after.FusedMatMul).toBe(1)
  })

  it('also of a tensor with itself', async () => {
    const { after } = await expectUnchanged(fuseDot, { x }, (t) => ({ y: sum(multiply(t.x, t.x), perChannel) }))
    expect(after.FusedMatMul).toBe(1)
  })

  it('keeps NaN and infinities in their channel', async () => {
    const values = Array<number>(3 * 512).fill(1)
    values[0] = Infinity
    values[512] = Number.NaN
    const special = { x: fed([1, 3, 512], values) }
    const { after } = await expectUnchanged(fuseDot, special, (t) => ({ y: sum(multiply(t.x, t.x), [0, 2]) }))
    expect(after.FusedMatMul).toBe(1)
  })
})

describe('what stays a product and a sum', () => {
  const kept = { Mul: 1, ReduceSum: 1 }

  it('a product that is used elsewhere', async () => {
    const { after } = await expectUnchanged(fuseDot, { x, z }, (t) => {
      const product = multiply(t.x, t.z)
      return { y: sum(product, perChannel), product }
    })
    expect(after).toEqual(kept)
  })

  it('a sum over other axes', async () => {
    for (const axes of [
      [2, 3],
      [0, 1, 2, 3],
      [0, 2],
      [1, 2, 3],
    ]) {
      const { after } = await expectUnchanged(fuseDot, { x, z }, (t) => ({ y: sum(multiply(t.x, t.z), axes) }))
      expect(after).toEqual(kept)
    }
  })

  it('a factor that is broadcast', async () => {
    const inputs = { x, row: randomFed([1, 3, 1, 16], 2) }
    const { after } = await expectUnchanged(fuseDot, inputs, (t) => ({ y: sum(multiply(t.x, t.row), perChannel) }))
    expect(after).toEqual(kept)
  })

  it('a short sum', async () => {
    const short = { x: randomFed([2, 3, 511], 1), z: randomFed([2, 3, 511], 2) }
    const { after } = await expectUnchanged(fuseDot, short, (t) => ({ y: sum(multiply(t.x, t.z), [0, 2]) }))
    expect(after).toEqual(kept)
  })

  it('a product behind a view', async () => {
    const { after } = await expectUnchanged(fuseDot, { x, z }, (t) => ({
      y: sum(reshape(multiply(t.x, t.z), [2, 3, 512]), [0, 2]),
    }))
    expect(after.FusedMatMul).toBeUndefined()
  })
})
