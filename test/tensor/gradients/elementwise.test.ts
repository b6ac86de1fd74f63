import { describe, expect, it } from 'vitest'
import {
  absolute,
  acos,
  add,
  asin,
  atan,
  atan2,
  ceil,
  clamp,
  constant,
  cos,
  erf,
  exp,
  floor,
  gradients,
  log,
  maximum,
  minimum,
  multiply,
  power,
  reciprocal,
  relu,
  round,
  sigmoid,
  sign,
  sin,
  sqrt,
  square,
  stopGradient,
  sum,
  type Tensor,
  tanh,
} from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { fed, randomFed, runGraph } from '../run-graph.ts'

/** Distinct values at least 0.1 apart and 0.05 away from every multiple of 0.1, in no particular order. */
function apart(count: number, stride = 7, start = 0): number[] {
  return Array.from({ length: count }, (_, i) => (((i * stride + start) % count) - Math.floor(count / 2)) / 10 + 0.05)
}

/** Gradient of sum(body(x)) at given values. */
async function gradientAt(values: readonly number[], body: (x: Tensor) => Tensor): Promise<number[]> {
  const { d } = await runGraph({ x: fed([values.length], values) }, ({ x }) => ({
    d: gradients(sum(body(x)), [x])[0]!,
  }))
  return d
}

describe('gradient of smooth functions', () => {
  const anywhere: Record<string, (x: Tensor) => Tensor> = { exp, tanh, sigmoid, square, sin, cos, atan, erf }
  it.each(Object.entries(anywhere))('%s', async (_, operator) => {
    await checkGradient({ x: randomFed([2, 3, 2]) }, ({ x }) => operator(x))
  })

  const positive: Record<string, (x: Tensor) => Tensor> = {
    log,
    sqrt,
    reciprocal,
    'power 1.7': (x) => power(x, 1.7),
    'power -0.5': (x) => power(x, -0.5),
  }
  it.each(Object.entries(positive))('%s of positive values', async (_, operator) => {
    await checkGradient({ x: randomFed([2, 3], 1, 1, 3) }, ({ x }) => operator(x))
  })

  it.each([
    ['asin', asin],
    ['acos', acos],
  ] as const)('%s inside [-1, 1]', async (_, operator) => {
    await checkGradient({ x: randomFed([2, 5], 1, -0.8, 0.8) }, ({ x }) => operator(x), { step: 5e-3 })
  })

  it.each([
    [
      [2, 3],
      [2, 3],
    ],
    [[3], [2, 1]],
    [[], [4]],
  ])('atan2 of shapes [%s] and [%s] in every quadrant', async (first, second) => {
    for (const [low, high] of [
      [0.5, 1],
      [-1, -0.5],
    ]) {
      const inputs = { y: randomFed(first, 1, low, high), x: randomFed(second, 2) }
      await checkGradient(inputs, ({ y, x }) => atan2(y, x))
    }
  })

  it('reciprocal of negative values', async () => {
    await checkGradient({ x: randomFed([2, 3], 1, -3, -1) }, ({ x }) => reciprocal(x))
  })
})

describe('gradient of functions with a kink', () => {
  const x = fed([2, 5], apart(10))

  it.each([
    ['relu', relu],
    ['absolute', absolute],
    ['clamp', (t: Tensor) => clamp(t, -0.2, 0.3)],
  ] as const)('%s away from the kink', async (_, operator) => {
    await checkGradient({ x }, (t) => operator(t.x))
  })

  it('relu and absolute have gradient 0 at 0', async () => {
    expect(await gradientAt([-2, 0, 3], relu)).toEqual([0, 0, 1])
    expect(await gradientAt([-2, 0, 3], absolute)).toEqual([-1, 0, 1])
  })

  it('relu lets the gradient of very small and of infinite values through', async () => {
    expect(await gradientAt([1e-30, -1e-30, Infinity, -Infinity], relu)).toEqual([1, 0, 1, 0])
  })

  it('clamp keeps the gradient at its limits and drops it outside, also at infinity', async () => {
    const at = [-Infinity, -1.5, -1, 0, 2, 2.5, Infinity]
    expect(await gradientAt(at, (t) => clamp(t, -1, 2))).toEqual([0, 0, 1, 1, 1, 0, 0])
  })
})

describe('functions of steps', () => {
  it.each([
    ['floor', floor],
    ['ceil', ceil],
    ['round', round],
    ['sign', sign],
  ] as const)('%s has no gradient', async (_, operator) => {
    expect(await gradientAt([-1.5, 0.2, 3], (x) => multiply(x, add(stopGradient(operator(x)), 0)))).toEqual(
      await gradientAt([-1.5, 0.2, 3], (x) => multiply(x, operator(x))),
    )
  })
})

describe('gradient of maximum and minimum', () => {
  it.each([
    [
      [2, 3],
      [2, 3],
    ],
    [
      [2, 3],
      [1, 3],
    ],
    [[3], [2, 3]],
    [[2, 3], []],
  ])('of shapes [%s] and [%s]', async (first, second) => {
    const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)
    const a = fed(first, apart(size(first), 5))
    // Between the values of a, so that no step of the differences crosses a tie.
    const b = fed(
      second,
      apart(size(second), 5, 2).map((value) => value + 0.05),
    )
    await checkGradient({ a, b }, (t) => maximum(t.a, t.b), { step: 5e-3 })
    await checkGradient({ a, b }, (t) => minimum(t.a, t.b), { step: 5e-3 })
  })

  it('compares infinities as numbers', async () => {
    const inputs = { a: fed([3], [Infinity, -Infinity, Infinity]), b: fed([3], [Infinity, -Infinity, 0]) }
    const { da, db } = await runGraph(inputs, ({ a, b }) => {
      const [da, db] = gradients(sum(maximum(a, b)), [a, b])
      return { da: da!, db: db! }
    })
    expect(da).toEqual([1, 1, 1])
    expect(db).toEqual([0, 0, 0])
  })

  it('gives a tie to the first operand', async () => {
    const inputs = { a: fed([3], [1, 2, 3]), b: fed([3], [1, 3, 2]) }
    for (const [operator, first] of [
      [maximum, [1, 0, 1]],
      [minimum, [1, 1, 0]],
    ] as const) {
      const { da, db } = await runGraph(inputs, ({ a, b }) => {
        const [da, db] = gradients(sum(operator(a, b)), [a, b])
        return { da: da!, db: db! }
      })
      expect(da).toEqual(first)
      expect(db).toEqual(first.map((value) => 1 - value))
    }
  })
})

describe('stopGradient', () => {
  it('passes values on and no gradient', async () => {
    const { y, d } = await runGraph({ x: fed([2], [3, -4]) }, ({ x }) => {
      const y = multiply(x, stopGradient(multiply(x, 2)))
      return { y, d: gradients(sum(y), [x])[0]! }
    })
    expect(y).toEqual([18, 32])
    expect(d).toEqual([6, -8])
  })

  it('leaves a tensor that is reached through it only without a gradient', async () => {
    await runGraph({ x: fed([2], [3, -4]) }, ({ x }) => {
      const loss = sum(multiply(stopGradient(x), constant(Float32Array.of(1, 2), [2])))
      expect(gradients(loss, [x])).toEqual([undefined])
      return { loss }
    })
  })
})
