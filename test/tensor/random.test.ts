import { describe, expect, it } from 'vitest'
import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import {
  add,
  assign,
  bernoulli,
  normal,
  RandomState,
  read,
  type Shape,
  trace,
  uniform,
  Variable,
} from '../../src/tensor/index.ts'
import { centred, referenceUniform, referenceWords } from './random-reference.ts'
import type { Tensors } from './run-graph.ts'

/** Outputs of the next `steps` runs of a graph that draws from a state. */
async function drawn(random: RandomState, body: () => Tensors, steps = 1, device = new CpuDevice({ threads: 1 })) {
  const graph = trace({}, body, { training: true, random })
  const compiled = await device.compile(graph)
  const outputs: Record<string, Float32Array>[] = []
  for (let i = 0; i < steps; i++) outputs.push((await compiled.run({})) as Record<string, Float32Array>)
  await compiled.release()
  await device.pull([random])
  return outputs
}

describe('random numbers in a graph', () => {
  it.each([
    [[1], 1, 1],
    [[7], 1, 7],
    [[3, 4], 3, 4],
    [[2, 3, 5, 6], 12, 15],
    [[10007], 100, 101],
  ] as [Shape, number, number][])(
    'of shape [%s] fill a grid of %i rows and %i columns',
    async (shape, rows, columns) => {
      const [{ u, v, mask }] = await drawn(new RandomState('run 7'), () => ({
        u: uniform(shape),
        v: uniform(shape),
        mask: bernoulli(shape, 0.3),
      }))
      const words = [0, 1, 2].map((stream) => referenceWords('run 7', 0, stream, rows, columns).subarray(0, u.length))
      expect(u).toEqual(referenceUniform(words[0]))
      expect(v).toEqual(referenceUniform(words[1]))
      expect(mask).toEqual(Float32Array.from(words[2], (word) => (word < 0.3 * 2 ** 32 - 2 ** 31 ? 1 : 0)))
    },
  )

  it('change with every step, whose number is carried over 2^16', async () => {
    const random = new RandomState(3)
    random.values[4] = 2 ** 16 - 2
    const outputs = await drawn(random, () => ({ u: uniform([4, 5]) }), 4)
    const wanted = [-2, -1, 0, 1].map((i) => referenceUniform(referenceWords(3, 2 ** 16 + i, 0, 4, 5)))
    expect(outputs.map(({ u }) => u)).toEqual(wanted)
    expect([...random.values.subarray(4)]).toEqual([2, 1])
  })

  it('go on from a saved state as if nothing had been between', async () => {
    const body = () => ({ u: uniform([6]), z: normal([6]) })
    const whole = await drawn(new RandomState(5), body, 4)
    const random = new RandomState(5)
    await drawn(random, body, 2)
    const saved = random.values.slice()
    const resumed = new RandomState('of no account')
    resumed.values.set(saved)
    expect(await drawn(resumed, body, 2)).toEqual(whole.slice(2))
  })

  it('do not depend on what else the graph computes', async () => {
    const other = new Variable('other', 'slot', [2])
    const [alone] = await drawn(new RandomState(1), () => ({ u: uniform([9]) }))
    const [beside] = await drawn(new RandomState(1), () => {
      assign(other, add(read(other), 1))
      return { sum: add(read(other), 5), u: uniform([9]) }
    })
    expect(beside.u).toEqual(alone.u)
  })

  it('differ between two graphs that take turns with one state', async () => {
    const random = new RandomState(1)
    const device = new CpuDevice({ threads: 1 })
    const [first] = await drawn(random, () => ({ u: uniform([9]) }), 1, device)
    const [second] = await drawn(random, () => ({ u: uniform([9]) }), 1, device)
    expect(first.u).toEqual(referenceUniform(referenceWords(1, 0, 0, 3, 3)))
    expect(second.u).not.toEqual(first.u)
  })

  it('are state of the graphs that draw, and of no other', () => {
    const random = new RandomState(1)
    expect(trace({}, () => ({ u: uniform([2]) }), { random }).state.map(({ variable }) => variable)).toEqual([random])
    expect(trace({}, () => ({ u: uniform([2]) })).state).toHaveLength(1)
    expect(trace({}, () => ({ ones: bernoulli([2], 1) }), { random }).state).toEqual([])
  })

  it('lie in the range that was asked for', async () => {
    const [{ u }] = await drawn(new RandomState(1), () => ({ u: uniform([100, 100], -3, 5) }))
    expect(Math.min(...u)).toBeGreaterThanOrEqual(-3)
    expect(Math.max(...u)).toBeLessThan(5)
    expect(Math.max(...u) - Math.min(...u)).toBeGreaterThan(7.99)
  })

  it('are certain at the ends of a probability', async () => {
    const [{ never, always }] = await drawn(new RandomState(1), () => ({
      never: bernoulli([3], 0),
      always: bernoulli([3], 1),
    }))
    expect([...never, ...always]).toEqual([0, 0, 0, 1, 1, 1])
    for (const p of [-0.1, 1.1, Number.NaN]) {
      expect(() => trace({}, () => ({ y: bernoulli([3], p) }))).toThrow(/graph: bernoulli[\s\S]*0 to 1[\s\S]*f32\[3\]/)
    }
  })
})

describe('normal numbers', () => {
  it("are Box and Muller's of the words, an odd count as well", async () => {
    const [{ z }] = await drawn(new RandomState(2), () => ({ z: normal([3, 5], 2, 0.5) }))
    const words = Array.from(referenceWords(2, 0, 0, 4, 4), centred)
    const radius = words.slice(0, 8).map((k) => Math.sqrt(-2 * Math.log(0.5 - k / 2 ** 24)))
    const angle = words.slice(8).map((k) => (2 * Math.PI * k) / 2 ** 24)
    const wanted = [...radius.map((r, i) => r * Math.cos(angle[i])), ...radius.map((r, i) => r * Math.sin(angle[i]))]
    z.forEach((value, i) => {
      expect(value).toBeCloseTo(2 + 0.5 * wanted[i], 5)
    })
    expect(z).toHaveLength(15)
  })

  it('have the moments of the normal distribution, and pairs without correlation', async () => {
    const pairs = 2 ** 16
    const [{ z }] = await drawn(new RandomState(4), () => ({ z: normal([2, pairs]) }))
    const moment = (order: number) => z.reduce((total, value) => total + value ** order, 0) / z.length
    // Standard errors of the means of z, z^2, z^3, z^4 over n numbers: sqrt(1, 2, 15, 96) / sqrt(n).
    for (const [order, wanted, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ]) {
      expect(Math.abs(moment(order) - wanted) / Math.sqrt(variance / z.length)).toBeLessThan(4)
    }
    const products = (f: (x: number) => number, g: (x: number) => number) =>
      z.subarray(0, pairs).reduce((total, value, i) => total + f(value) * g(z[pairs + i]), 0) / Math.sqrt(pairs)
    const centredSquare = (x: number) => (x * x - 1) / Math.SQRT2
    expect(
      Math.abs(
        products(
          (x) => x,
          (x) => x,
        ),
      ),
    ).toBeLessThan(4)
    expect(Math.abs(products(centredSquare, centredSquare))).toBeLessThan(4)
    expect(Math.abs(products((x) => x, centredSquare))).toBeLessThan(4)
  })
})
