import { expect, it } from 'vitest'
import { simplify, sum, type Tensor } from '../../../src/tensor/index.ts'
import { sumsAsProducts } from '../../../src/tensor/passes/sums-as-products.ts'
import { type Fed, fed, randomFed } from '../run-graph.ts'
import { expectUnchanged } from './expect-unchanged.ts'

const pass = (roots: readonly Tensor[]) => simplify(sumsAsProducts(roots))

async function sums(input: Fed, axes: number[]): Promise<number> {
  return (await expectUnchanged(pass, { x: input }, ({ x }) => ({ y: sum(x, axes) }))).after.ReduceSum ?? 0
}

it('takes sums over a short axis in front of long rows, and over frames in front of joints', async () => {
  expect(await sums(randomFed([1, 3, 2, 512]), [1])).toBe(0)
  expect(await sums(randomFed([2, 4, 16, 25]), [2])).toBe(0)
})

it('leaves the last axis, several axes and small sums alone', async () => {
  expect(await sums(randomFed([8, 1024]), [1])).toBe(1)
  expect(await sums(randomFed([3, 3, 1024]), [0, 1])).toBe(1)
  expect(await sums(randomFed([4, 4]), [0])).toBe(1)
})

it('keeps NaN and infinities, large numbers and numbers far from zero', async () => {
  const values = Array.from(randomFed([3, 1024], 2, 999, 1001).data)
  ;[Number.NaN, Infinity, -Infinity, -0, 1e4, -1e4].forEach((value, i) => {
    values[i * 100] = value
  })
  expect(await sums(fed([3, 1024], values), [0])).toBe(0)
})
