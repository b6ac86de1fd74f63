import { describe, expect, it } from 'vitest'
import { CounterStream } from '../../src/random/counter-stream.ts'
import {
  l1Norm,
  l2Norm,
  logSumExp,
  max,
  mean,
  min,
  product,
  type ReductionOptions,
  sum,
  type Tensor,
  variance,
} from '../../src/tensor/index.ts'
import { type Fed, fed, randomFed, runGraph } from './run-graph.ts'

type Reduction = (x: Tensor, axes?: readonly number[], options?: ReductionOptions) => Tensor

/** The same in float64 over plain numbers. */
const plain: Record<string, (values: readonly number[]) => number> = {
  sum: (values) => values.reduce((a, b) => a + b),
  mean: (values) => values.reduce((a, b) => a + b) / values.length,
  max: (values) => Math.max(...values),
  min: (values) => Math.min(...values),
  product: (values) => values.reduce((a, b) => a * b),
  variance: (values) => {
    const centre = values.reduce((a, b) => a + b) / values.length
    return values.reduce((total, v) => total + (v - centre) ** 2, 0) / (values.length - 1)
  },
  logSumExp: (values) => Math.log(values.reduce((total, v) => total + Math.exp(v), 0)),
  l1Norm: (values) => values.reduce((total, v) => total + Math.abs(v), 0),
  l2Norm: (values) => Math.sqrt(values.reduce((total, v) => total + v * v, 0)),
}

const reductions: Record<string, Reduction> = { sum, mean, max, min, product, variance, logSumExp, l1Norm, l2Norm }

/** The groups of values that a reduction over these axes takes together, in row-major order of the rest. */
function groups({ shape, data }: Fed, axes: readonly number[]): number[][] {
  const found = new Map<string, number[]>()
  data.forEach((value, at) => {
    let rest = at
    const place = shape.toReversed().map((n) => {
      const index = rest % n
      rest = Math.floor(rest / n)
      return index
    })
    const key = place
      .reverse()
      .filter((_, axis) => !axes.includes(axis))
      .join()
    found.set(key, [...(found.get(key) ?? []), Number(value)])
  })
  return [...found.values()]
}

describe.each(Object.entries(reductions))('%s', (name, reduction) => {
  it('over any axes, kept or not', async () => {
    const stream = new CounterStream(name)
    const problems = Array.from({ length: 6 }, () => {
      const shape = Array.from({ length: stream.integer(1, 5) }, () => stream.integer(2, 5))
      const axes = shape.map((_, axis) => axis).filter(() => stream.uniform(0, 1) < 0.6)
      return { x: randomFed(shape, stream.integer(0, 1000)), axes: axes.length > 0 ? axes : [0] }
    })
    const inputs = Object.fromEntries(problems.map(({ x }, i) => [`${i}`, x]))
    const results = await runGraph(inputs, (tensors) =>
      Object.fromEntries(
        problems.flatMap(({ x, axes }, i) => {
          const fromLast = axes.map((axis) => axis - x.shape.length)
          const kept = reduction(tensors[i], axes)
          const dropped = reduction(tensors[i], fromLast, { keepAxes: false })
          expect(kept.shape).toEqual(x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n)))
          expect(dropped.shape).toEqual(x.shape.filter((_, axis) => !axes.includes(axis)))
          return [
            [`kept ${i}`, kept],
            [`dropped ${i}`, dropped],
          ]
        }),
      ),
    )
    problems.forEach(({ x, axes }, i) => {
      const wanted = groups(x, axes).map(plain[name])
      for (const found of [results[`kept ${i}`], results[`dropped ${i}`]]) {
        found.forEach((value, k) => {
          expect(value).toBeCloseTo(wanted[k], 4)
        })
        expect(found.length).toBe(wanted.length)
      }
    })
  })

  it('over all axes where none are named', async () => {
    const x = randomFed([3, 2], 7, 0.5, 1.5)
    const { y } = await runGraph({ x }, (t) => {
      const y = reduction(t.x, undefined, { keepAxes: false })
      expect(y.shape).toEqual([])
      return { y }
    })
    expect(y[0]).toBeCloseTo(plain[name](Array.from(x.data, Number)), 4)
  })

  it('gives NaN where a value is NaN, wherever it stands in rows of any length', async () => {
    const rows = [2, 7, 33, 100].flatMap((length) =>
      [0, length >> 1, length - 1].map((at) => Array.from({ length }, (_, i) => (i === at ? NaN : i / length))),
    )
    const inputs = Object.fromEntries(
      rows.map((row, i) => [`${i}`, fed([2, row.length], [...row, ...row.map(() => 1)])]),
    )
    const results = await runGraph(inputs, (tensors) =>
      Object.fromEntries(Object.entries(tensors).map(([i, x]) => [i, reduction(x, [1])])),
    )
    for (const [spoilt, clean] of Object.values(results)) {
      expect(spoilt).toBeNaN()
      expect(clean).not.toBeNaN()
    }
  })
})

describe('variance', () => {
  it('does not cancel for a mean far above the deviation', async () => {
    const { y } = await runGraph({ x: fed([4], [4096.5, 4097, 4096, 4097.5]) }, ({ x }) => ({ y: variance(x) }))
    expect(y[0]).toBeCloseTo(1.25 / 3, 6)
  })
})

describe('logSumExp', () => {
  it('is finite for large values and infinite where it has to be', async () => {
    const rows = [1e4, 1e4, -1e4, -1e4, -Infinity, -Infinity, -Infinity, 5, Infinity, 0, Infinity, -Infinity]
    const { y } = await runGraph({ x: fed([6, 2], rows) }, ({ x }) => ({ y: logSumExp(x, [1]) }))
    const shift = Math.log(2)
    expect(y).toEqual([1e4 + shift, -1e4 + shift, -Infinity, 5, Infinity, Infinity].map(Math.fround))
  })
})
