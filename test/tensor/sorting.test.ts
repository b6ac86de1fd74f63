import { describe, expect, it } from 'vitest'
import { cast, cumulativeSum, type SortOptions, sort, sum, type TopKOptions, topK } from '../../src/tensor/index.ts'
import { checkGradient } from './check-gradient.ts'
import { fed, integersFed, randomFed, runGraph } from './run-graph.ts'

const rows = fed([2, 4], [3, -1, 3, 2, 0, 5, -2, 5])

async function topOf(k: number, options?: TopKOptions) {
  return runGraph({ rows }, (t) => {
    const { values, indices } = topK(t.rows, k, options)
    expect(indices.dtype).toBe('i64')
    return { values, indices: cast(indices, 'f32') }
  })
}

describe('topK', () => {
  it('gives the largest in descending order, of equal ones the first one first', async () => {
    expect(await topOf(3)).toEqual({ values: [3, 3, 2, 5, 5, 0], indices: [0, 2, 3, 1, 3, 0] })
  })

  it('gives the smallest in ascending order', async () => {
    expect(await topOf(2, { smallest: true })).toEqual({ values: [-1, 2, -2, 0], indices: [1, 3, 2, 0] })
  })

  it('along another axis', async () => {
    expect(await topOf(1, { axis: 0 })).toEqual({ values: [3, 5, 3, 5], indices: [0, 1, 0, 1] })
  })

  it('of integers', async () => {
    const x = integersFed([5], [4, 9, -3, 9, 0])
    const { y } = await runGraph({ x }, (t) => ({ y: topK(t.x, 2).values }))
    expect(y).toEqual([9, 9])
  })
})

describe('sort', () => {
  const orderOf = (options?: SortOptions) =>
    runGraph({ rows }, (t) => {
      const { values, indices } = sort(t.rows, options)
      return { values, indices: cast(indices, 'f32') }
    })

  it('keeps the order of equal entries, both ways', async () => {
    expect(await orderOf()).toEqual({ values: [-1, 2, 3, 3, -2, 0, 5, 5], indices: [1, 3, 0, 2, 2, 0, 1, 3] })
    expect(await orderOf({ descending: true })).toEqual({
      values: [3, 3, 2, -1, 5, 5, 0, -2],
      indices: [0, 2, 3, 1, 1, 3, 0, 2],
    })
  })

  it('orders many entries as the host does', async () => {
    const x = randomFed([1000], 3)
    const { y } = await runGraph({ x }, (t) => ({ y: sort(t.x).values }))
    expect(y).toEqual([...x.data].sort((a, b) => a - b))
  })
})

// Values far enough apart that a difference quotient does not change their order.
const apart = fed([2, 3, 2], [4, 1, 2, 6, 9, 3, 0, 11, 7, 5, 10, 8])

describe('gradients of ordered values', () => {
  it.each([-1, 0, 1])('topK along axis %i', async (axis) => {
    await checkGradient({ x: apart }, ({ x }) => topK(x, 2, { axis }).values)
    await checkGradient({ x: apart }, ({ x }) => topK(x, 1, { axis, smallest: true }).values)
  })

  it('sort', async () => {
    await checkGradient({ x: apart }, ({ x }) => sort(x, { axis: 1 }).values)
    await checkGradient({ x: apart }, ({ x }) => sum(sort(x, { axis: 1, descending: true }).values, [0]))
  })
})

describe('cumulativeSum', () => {
  it.each([
    [{}, [1, 3, 6, 10]],
    [{ exclusive: true }, [0, 1, 3, 6]],
    [{ reverse: true }, [10, 9, 7, 4]],
    [{ exclusive: true, reverse: true }, [9, 7, 4, 0]],
  ])('with %o', async (options, wanted) => {
    const x = fed([4], [1, 2, 3, 4])
    const whole = integersFed([4, 1], [1, 2, 3, 4])
    const { y, n } = await runGraph({ x, whole }, (t) => ({
      y: cumulativeSum(t.x, 0, options),
      n: cumulativeSum(t.whole, -2, options),
    }))
    expect(y).toEqual(wanted)
    expect(n).toEqual(wanted)
    await checkGradient({ x: randomFed([2, 3, 2]) }, (t) => cumulativeSum(t.x, 1, options))
    await checkGradient({ x: randomFed([1, 3]) }, (t) => cumulativeSum(t.x, 0, options))
  })
})
