import { describe, expect, it } from 'vitest'
import { Dropout, DropPath, FeatureDropout, type Forward, nameParts, Sequential } from '../../src/nn/index.ts'
import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import { constant, full, gradients, multiply, RandomState, sum, trace } from '../../src/tensor/index.ts'

const SHAPE = [20, 10, 4, 5]
const SIZE = 4000

/** Ones through a module while it trains: `steps` outputs, and the gradients of their sums weighted by 1, 2, 3 ... */
async function trained(module: Forward, random: RandomState, steps = 1) {
  const weights = Float32Array.from({ length: SIZE }, (_, i) => i + 1)
  const graph = trace(
    {},
    () => {
      const x = full(SHAPE, 1)
      const y = module.forward(x)
      const [d] = gradients(sum(multiply(y, constant(weights, SHAPE))), [x])
      return { y, d: d! }
    },
    { training: true, random },
  )
  const device = new CpuDevice({ threads: 1 })
  const compiled = await device.compile(graph)
  const results: { y: Float32Array; d: Float32Array }[] = []
  for (let i = 0; i < steps; i++) results.push((await compiled.run({})) as { y: Float32Array; d: Float32Array })
  await compiled.release()
  await device.pull([random])
  return results
}

/** Share of elements that are not 0. */
const share = (y: Float32Array) => y.filter((value) => value !== 0).length / y.length

describe.each([
  ['Dropout', (p: number) => new Dropout(p), 1],
  ['FeatureDropout', (p: number) => new FeatureDropout(p), 20],
  ['DropPath', (p: number) => new DropPath(p), 200],
] as [string, (p: number) => Forward, number][])('%s', (_, create, group) => {
  it('drops that share, of what it drops as a whole, and scales the rest', async () => {
    const steps = await trained(create(0.3), new RandomState('share'), 10)
    const kept = steps.reduce((total, { y }) => total + share(y), 0) / steps.length
    const trials = (SIZE / group) * steps.length
    expect(Math.abs(kept - 0.7) / Math.sqrt((0.7 * 0.3) / trials)).toBeLessThan(4)
    for (const { y } of steps) {
      for (let i = 0; i < SIZE; i += group) {
        const piece = y.subarray(i, i + group)
        expect(new Set(piece).size).toBe(1)
        if (piece[0] !== 0) expect(piece[0]).toBeCloseTo(1 / 0.7, 6)
      }
    }
  })

  it('lets the gradient through where it lets the value through', async () => {
    const [{ y, d }] = await trained(create(0.6), new RandomState('gradient'))
    d.forEach((value, i) => {
      expect(value).toBeCloseTo((i + 1) * y[i], 1)
    })
  })

  it('draws anew at each step, and the same after its state was restored', async () => {
    const random = new RandomState('steps')
    const [first, second] = await trained(create(0.5), random, 2)
    expect(second.y).not.toEqual(first.y)
    const restored = new RandomState('of no account')
    restored.values.set(random.values)
    const [third] = await trained(create(0.5), random)
    const [again] = await trained(create(0.5), restored)
    expect(again).toEqual(third)
    expect(third.y).not.toEqual(second.y)
  })

  it('keeps all at 0, nothing at 1, and takes no other numbers', async () => {
    const [none] = await trained(create(0), new RandomState(1))
    expect([share(none.y), none.d[SIZE - 1]]).toEqual([1, SIZE])
    const [all] = await trained(create(1), new RandomState(1))
    expect([share(all.y), share(all.d)]).toEqual([0, 0])
    for (const p of [-0.1, 1.5, Number.NaN]) {
      const module = nameParts(new Sequential(create(p)))
      const tracing = () => trace({}, () => ({ y: module.forward(full(SHAPE, 1)) }), { training: true })
      expect(tracing).toThrow(new RegExp(`^0: [\\s\\S]*0 to 1[\\s\\S]*${p}`))
    }
  })

  it('passes the tensor itself on when it does not train', () => {
    const graph = trace({}, () => {
      const x = full(SHAPE, 1)
      expect(create(0.5).forward(x)).toBe(x)
      return { x }
    })
    expect(graph.state).toEqual([])
  })
})

it('two modules of one network draw different masks', async () => {
  const one = await trained(new Dropout(0.5), new RandomState(1))
  const two = await trained(new Sequential(new Dropout(0.5), new Dropout(0.5)), new RandomState(1))
  expect(share(one[0].y)).toBeCloseTo(0.5, 1)
  expect(share(two[0].y)).toBeCloseTo(0.25, 1)
})
