import { describe, expect, it } from 'vitest'
import {
  add,
  clamp,
  constant,
  divide,
  exp,
  expand,
  f32,
  full,
  matmul,
  maximum,
  multiply,
  reshape,
  scalar,
  simplify,
  stopGradient,
  subtract,
  sum,
  type Tensor,
  trace,
  transpose,
} from '../../../src/tensor/index.ts'
import { fed, randomFed } from '../run-graph.ts'
import { countOperators } from './count-operators.ts'
import { expectUnchanged } from './expect-unchanged.ts'

const x = randomFed([2, 3, 4])

/** Operators that are left of `body` after simplifying, where outputs must not change. */
async function operatorsAfter(body: (x: Tensor) => Tensor, input = x): Promise<Record<string, number>> {
  const { after } = await expectUnchanged(simplify, { x: input }, (t) => ({ y: body(t.x) }))
  return after
}

describe('views of views', () => {
  it('become one view', async () => {
    expect(await operatorsAfter((t) => reshape(reshape(reshape(t, [6, 4]), [24]), [4, 6]))).toEqual({ Reshape: 1 })
    expect(await operatorsAfter((t) => transpose(transpose(t, [1, 2, 0]), [1, 0, 2]))).toEqual({ Transpose: 1 })
  })

  it('vanish when they lead back', async () => {
    expect(await operatorsAfter((t) => reshape(reshape(t, [24]), [2, 3, 4]))).toEqual({})
    expect(await operatorsAfter((t) => transpose(transpose(t, [1, 2, 0]), [2, 0, 1]))).toEqual({})
  })

  it('stay where a reshape and a transposition alternate', async () => {
    const body = (t: Tensor) => reshape(transpose(reshape(t, [6, 4]), [1, 0]), [2, 3, 4])
    expect(await operatorsAfter(body)).toEqual({ Reshape: 2, Transpose: 1 })
  })

  it('include permutations that move axes of length 1 only', async () => {
    const body = (t: Tensor) => reshape(transpose(reshape(t, [2, 1, 3, 4]), [0, 2, 1, 3]), [6, 4])
    expect(await operatorsAfter(body)).toEqual({ Reshape: 1 })
  })

  it('keep a view in the middle that is used itself', async () => {
    const { after } = await expectUnchanged(simplify, { x }, (t) => {
      const middle = transpose(t.x, [1, 2, 0])
      return { middle, y: transpose(middle, [1, 0, 2]) }
    })
    expect(after).toEqual({ Transpose: 2 })
  })
})

describe('neutral elements', () => {
  it('vanish', async () => {
    expect(await operatorsAfter((t) => add(0, divide(multiply(1, multiply(add(t, 0), 1)), 1)))).toEqual({})
  })

  it('vanish when they have axes and the shape stays', async () => {
    expect(await operatorsAfter((t) => multiply(t, full([1, 1], 1)))).toEqual({})
  })

  it('stay when they add axes', async () => {
    expect(await operatorsAfter((t) => multiply(t, full([1, 1, 1, 1], 1)))).toEqual({ Mul: 1 })
    expect(await operatorsAfter((t) => add(full([1, 1, 1, 1], 0), t))).toEqual({ Add: 1 })
  })

  it('stay where they are not neutral', async () => {
    expect(await operatorsAfter((t) => divide(1, t))).toEqual({ Div: 1 })
    expect(await operatorsAfter((t) => subtract(0, t))).toEqual({ Sub: 1 })
    expect(await operatorsAfter((t) => multiply(t, 0))).toEqual({ Mul: 1 })
    expect(await operatorsAfter((t) => multiply(t, 1 + 2 ** -23))).toEqual({ Mul: 1 })
  })

  it('leave NaN and infinities as they are', async () => {
    const special = fed([4], [Number.NaN, Infinity, -Infinity, -0])
    expect(await operatorsAfter((t) => multiply(divide(t, 1), 1), special)).toEqual({})
    expect(await operatorsAfter((t) => multiply(t, 0), special)).toEqual({ Mul: 1 })
  })

  it('are not made of integers', async () => {
    const two = () => constant(Int32Array.of(2), [])
    const { after } = await expectUnchanged(simplify, { x: { shape: [2], data: Int32Array.of(3, 4) } }, (t) => ({
      y: multiply(t.x, multiply(two(), two())),
    }))
    expect(after).toEqual({ Mul: 2 })
  })

  it('products of numbers are multiplied out', async () => {
    expect(await operatorsAfter((t) => multiply(t, multiply(scalar(0.1), scalar(3))))).toEqual({ Mul: 1 })
  })
})

describe('expansions', () => {
  const row = randomFed([1, 3, 1], 2)

  it('vanish where broadcasting does the same', async () => {
    for (const operator of [add, subtract, multiply, divide, maximum]) {
      const { after } = await expectUnchanged(simplify, { x, row }, (t) => ({
        left: operator(expand(t.row, [2, 3, 4]), t.x),
        right: operator(t.x, expand(t.row, [2, 3, 4])),
      }))
      expect(after.Expand).toBeUndefined()
    }
  })

  it('stay where the result takes its shape from them', async () => {
    const { after } = await expectUnchanged(simplify, { row }, (t) => ({
      y: add(expand(t.row, [2, 3, 4]), multiply(t.row, 2)),
    }))
    expect(after.Expand).toBe(1)
  })

  it('stay on one side where both sides are expanded to the result', async () => {
    const { after } = await expectUnchanged(simplify, { row, other: randomFed([1, 3, 1], 3) }, (t) => ({
      y: add(expand(t.row, [2, 3, 4]), expand(t.other, [2, 3, 4])),
    }))
    expect(after).toEqual({ Add: 1, Expand: 1 })
  })

  it('stay where they add an axis to the result', async () => {
    const { after } = await expectUnchanged(simplify, { row, other: randomFed([3, 1], 3) }, (t) => ({
      y: add(expand(t.row, [1, 1, 3, 1]), t.other),
    }))
    expect(after.Expand).toBe(1)
  })

  it('stay before other operators', async () => {
    expect(await operatorsAfter((t) => exp(expand(t, [2, 2, 3, 4])))).toEqual({ Exp: 1, Expand: 1 })
  })

  it('of the batch of a matrix product vanish, those of its matrices stay', async () => {
    const inputs = { a: randomFed([2, 3, 4]), b: randomFed([1, 4, 2], 2), c: randomFed([1, 1, 2], 3) }
    const { after } = await expectUnchanged(simplify, inputs, ({ a, b, c }) => ({
      batch: matmul(a, expand(b, [2, 4, 2])),
      matrix: matmul(a, expand(c, [2, 4, 2])),
      both: matmul(expand(sum(a, [0]), [2, 3, 4]), expand(b, [2, 4, 2])),
    }))
    expect(after.Expand).toBe(2)
  })
})

describe('equal nodes', () => {
  it('stand once, constants included', async () => {
    const body = (t: Tensor) => multiply(exp(add(t, 2)), exp(add(t, 2)))
    expect(await operatorsAfter(body)).toEqual({ Add: 1, Exp: 1, Mul: 1 })
  })

  it('differ by their attributes, also by infinite ones', async () => {
    const special = fed([4], [-3, 0, 3, 0.5])
    const body = (t: Tensor) => add(multiply(clamp(t, -Infinity, 1), 10), clamp(t, -1, Infinity))
    expect((await operatorsAfter(body, special)).Clip).toBe(2)
    const oneSided = (t: Tensor) => add(multiply(clamp(t, -Infinity, 1), 10), clamp(t, Infinity, 1))
    expect((await operatorsAfter(oneSided, special)).Clip).toBe(2)
  })

  it('differ by the sign of a zero', async () => {
    const { after } = await expectUnchanged(simplify, { x: fed([2], [2, -2]) }, (t) => ({
      positive: divide(t.x, 0),
      negative: divide(t.x, -0),
      large: divide(expand(t.x, [100, 2]), full([100, 2], 0)),
      largeNegative: divide(expand(t.x, [100, 2]), full([100, 2], -0)),
    }))
    expect(after.Div).toBe(4)
  })

  it('differ by the order of their inputs and by the output they take', async () => {
    const { after } = await expectUnchanged(simplify, { x, z: randomFed([2, 3, 4], 2) }, (t) => ({
      there: subtract(t.x, t.z),
      back: subtract(t.z, t.x),
    }))
    expect(after.Sub).toBe(2)
  })
})

describe('stopGradient', () => {
  it('vanishes, also in front of an output', async () => {
    expect(await operatorsAfter((t) => stopGradient(exp(stopGradient(t))))).toEqual({ Exp: 1 })
  })
})

describe('simplifying', () => {
  it('twice changes nothing more on a graph without views', () => {
    const graph = trace({ x: f32(2, 3) }, (t) => ({ y: add(exp(t.x), exp(t.x)) }))
    const once = simplify(graph.outputs.map(({ tensor }) => tensor))
    expect(countOperators(simplify(once))).toEqual(countOperators(once))
  })
})
