import { describe, expect, it } from 'vitest'
import { cast, gradients, greater, less, multiply, type Shape, square, sum, where } from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { fed, randomFed, runGraph } from '../run-graph.ts'

describe('gradient of where', () => {
  it.each([
    [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
    [[3], [2, 1], [2, 3]],
    [[2, 3], [], [3]],
    [[], [2, 3], [2, 3]],
    [[1, 1], [2, 1], []],
  ] as [Shape, Shape, Shape][])('for shapes [%s], [%s] and [%s]', async (condition, first, second) => {
    const inputs = { c: randomFed(condition, 3), a: randomFed(first, 1), b: randomFed(second, 2) }
    await checkGradient(inputs, ({ c, a, b }) => where(less(c, 0), square(a), b), { targets: ['a', 'b'] })
  })

  it('lets nothing through from what was not chosen, neither NaN nor infinity', async () => {
    const inputs = {
      c: fed([4], [1, 1, 0, 0]),
      a: fed([4], [1, 2, NaN, Infinity]),
      b: fed([4], [-Infinity, NaN, 3, 4]),
    }
    const { y, da, db } = await runGraph(inputs, ({ c, a, b }) => {
      const y = where(greater(c, 0), a, b)
      const [da, db] = gradients(sum(square(y)), [a, b])
      return { y, da: da!, db: db! }
    })
    expect(y).toEqual([1, 2, 3, 4])
    expect(da).toEqual([2, 4, 0, 0])
    expect(db).toEqual([0, 0, 6, 8])
  })
})

describe('gradient of cast', () => {
  it('passes between floating-point types only', async () => {
    const { d } = await runGraph({ x: fed([3], [1.25, -2, 3.5]) }, ({ x }) => {
      const through = cast(cast(multiply(x, x), 'f16'), 'f32')
      const lost = cast(cast(x, 'i32'), 'f32')
      return { d: gradients(sum(multiply(through, lost)), [x])[0]! }
    })
    expect(d).toEqual([2.5, 8, 21])
  })
})
