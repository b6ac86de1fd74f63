import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  Adam,
  type AdamOptions,
  AdamW,
  BatchNorm,
  Dropout,
  type Forward,
  Linear,
  nameParts,
  type Optimizer,
  Parameter,
  Sequential,
  Sgd,
  type SgdOptions,
} from '../../../src/nn/index.ts'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import {
  add,
  constant,
  exp,
  f32,
  multiply,
  read,
  scalar,
  slice,
  square,
  sum,
  type Tensor,
  trace,
} from '../../../src/tensor/index.ts'

const OPTIMIZERS = { Sgd, Adam, AdamW }
const START = { p: [1, -2, 0.5], q: [3], unused: [4] }
const SCALES = [1, 2, 3]
const RATES = [0.1, 0.1 / 2, 0.1 / 3, 0.1 / 4, 0.1 / 5]

type Options = SgdOptions & AdamOptions & { readonly groups?: boolean }

interface ReferenceCase {
  readonly optimizer: keyof typeof OPTIMIZERS
  readonly options: Options
  readonly p: number[]
  readonly q: number[]
  readonly unused: number[]
}

/** Written by reference/optimizers.py with PyTorch 2.9.1. */
const reference: ReferenceCase[] = JSON.parse(
  readFileSync(new URL('../fixtures/optimizers.json', import.meta.url), 'utf8'),
)

function parameterOf(values: readonly number[]): Parameter {
  const parameter = new Parameter([values.length], () => {})
  parameter.values.set(values)
  return parameter
}

function lossOf(p: Tensor, q: Tensor): Tensor {
  const scaled = sum(multiply(square(p), constant(Float32Array.from(SCALES), [3])))
  return add(scaled, multiply(exp(multiply(q, 0.5)), slice(p, 0, 0, 1)))
}

/** The parameters, their optimiser and a step on sum(scale p^2) + exp(q / 2) p_0; `unused` is not in the loss. */
async function prepared(
  name: keyof typeof OPTIMIZERS,
  { groups, ...options }: Options,
  order: readonly (keyof typeof START)[] = ['p', 'q', 'unused'],
) {
  const all = { p: parameterOf(START.p), q: parameterOf(START.q), unused: parameterOf(START.unused) }
  const parameters = groups
    ? [{ parameters: [all.p] }, { parameters: [all.q, all.unused], learningRateFactor: 0.5, weightDecay: 0 }]
    : order.map((key) => all[key])
  const optimizer: Optimizer = new OPTIMIZERS[name](parameters as Parameter[], options)
  const graph = trace({ rate: f32() }, ({ rate }) => {
    const loss = lossOf(read(all.p), read(all.q))
    optimizer.update(loss, rate)
    return { loss }
  })
  const device = new CpuDevice({ threads: 1 })
  const step = await device.compile(graph)
  return {
    optimizer,
    run: async (rates: readonly number[]) => {
      for (const rate of rates) await step.run({ rate: Float32Array.of(rate) })
    },
    values: () => {
      device.pull([...Object.values(all), ...optimizer.slots()])
      return { p: [...all.p.values], q: [...all.q.values], unused: [...all.unused.values] }
    },
    restore: (saved: readonly Float32Array[]) => {
      for (const [i, variable] of [optimizer.parameters, ...optimizer.slots()].entries()) variable.values.set(saved[i])
      device.push([optimizer.parameters, ...optimizer.slots()])
    },
  }
}

describe('an optimiser', () => {
  it.each(reference)('$optimizer with $options takes the five steps that PyTorch takes', async (expected) => {
    const descent = await prepared(expected.optimizer, expected.options)
    await descent.run(RATES)
    const values = descent.values()
    for (const key of ['p', 'q', 'unused'] as const) {
      values[key].forEach((value, i) => {
        expect(Math.abs(value - expected[key][i]), key).toBeLessThan(3e-6)
      })
    }
  })

  it.each(Object.keys(OPTIMIZERS) as (keyof typeof OPTIMIZERS)[])(
    '%s leaves a parameter that the loss does not reach alone, weight decay included',
    async (name) => {
      const descent = await prepared(name, { weightDecay: 0.5, ...(name === 'Sgd' ? { momentum: 0.9 } : {}) })
      await descent.run(RATES)
      expect(descent.values().unused).toEqual([4])
    },
  )

  it.each(Object.keys(OPTIMIZERS) as (keyof typeof OPTIMIZERS)[])(
    '%s does not depend on the order of the parameters',
    async (name) => {
      const [one, other] = [
        await prepared(name, { weightDecay: 0.01 }),
        await prepared(name, { weightDecay: 0.01 }, ['unused', 'q', 'p']),
      ]
      await one.run(RATES)
      await other.run(RATES)
      expect(other.values()).toEqual(one.values())
    },
  )

  it.each(Object.keys(OPTIMIZERS) as (keyof typeof OPTIMIZERS)[])(
    '%s continues from saved parameters and slots as if it had not stopped',
    async (name) => {
      const options = name === 'Sgd' ? { momentum: 0.9 } : {}
      const whole = await prepared(name, options)
      const resumed = await prepared(name, options)
      await whole.run(RATES.slice(0, 2))
      whole.values()
      resumed.restore([whole.optimizer.parameters, ...whole.optimizer.slots()].map(({ values }) => values.slice()))
      await whole.run(RATES.slice(2))
      await resumed.run(RATES.slice(2))
      expect(resumed.values()).toEqual(whole.values())
    },
  )

  it.each(Object.keys(OPTIMIZERS) as (keyof typeof OPTIMIZERS)[])(
    '%s does not move by its momentum what the loss of this step does not reach',
    async (name) => {
      const [p, q] = [parameterOf([1]), parameterOf([2])]
      const optimizer: Optimizer = new OPTIMIZERS[name]([p, q], name === 'Sgd' ? { momentum: 0.9 } : {})
      const stepOn = (...reached: Parameter[]) =>
        trace({}, () => {
          optimizer.update(reached.map((v) => sum(square(read(v)))).reduce(add), scalar(0.1))
          return {}
        })
      const device = new CpuDevice({ threads: 1 })
      await (await device.compile(stepOn(p, q))).run({})
      device.pull([p, q])
      const before = [p.values[0], q.values[0]]
      await (await device.compile(stepOn(p))).run({})
      device.pull([p, q])
      expect(p.values[0]).not.toBe(before[0])
      expect(q.values[0]).toBe(before[1])
    },
  )

  it('AdamW decays by 0.01 where no weight decay is given, or an undefined one', async () => {
    const absent = await prepared('AdamW', {})
    const undecided = await prepared('AdamW', { weightDecay: undefined })
    await absent.run(RATES)
    await undecided.run(RATES)
    expect(undecided.values()).toEqual(absent.values())
  })

  it.each([
    ['Sgd', { momentum: -0.1 }, /momentum[\s\S]*0 or more[\s\S]*-0\.1/],
    ['Sgd', { weightDecay: -1 }, /weightDecay[\s\S]*0 or more/],
    ['Sgd', { clipNorm: 0 }, /clipNorm[\s\S]*above 0/],
    ['Sgd', { clipValue: Number.NaN }, /clipValue[\s\S]*above 0[\s\S]*NaN/],
    ['Adam', { betas: [0.9, 1] }, /betas\[1\][\s\S]*below 1[\s\S]*1/],
    ['AdamW', { epsilon: -1e-8 }, /epsilon[\s\S]*0 or more/],
  ] as const)('%s refuses %j', (name, options, message) => {
    expect(() => new OPTIMIZERS[name]([parameterOf([1])], options)).toThrow(message)
  })

  it('refuses a parameter that stands in two groups, by its name', () => {
    const parameter = parameterOf([1])
    parameter.name = 'head.weight'
    expect(() => new Sgd([{ parameters: [parameter] }, { parameters: [parameter] }])).toThrow(/head\.weight/)
  })

  it('refuses to be without parameters', () => {
    for (const none of [[], [{ parameters: [] }]]) expect(() => new Sgd(none)).toThrow('no parameters')
  })

  it('refuses to update what another optimiser took over, instead of training nothing', () => {
    const parameter = parameterOf([1])
    parameter.name = 'head.weight'
    const [former, present] = [new Sgd([parameter]), new Adam([parameter])]
    const updated = (optimizer: Optimizer) =>
      trace({}, () => {
        optimizer.update(sum(square(read(parameter))), scalar(0.1))
        return {}
      })
    expect(() => updated(former)).toThrow(/^head\.weight: another optimiser/)
    expect(() => updated(present)).not.toThrow()
  })

  it.each<[string, () => Forward]>([
    ['batch normalisation', () => new BatchNorm(3)],
    ['dropout', () => new Dropout(0.5)],
  ])('refuses to train a network with %s without knowing whether it acts as in training', (_, layer) => {
    const network = nameParts(new Sequential(new Linear(2, 3), layer()))
    const sgd = new Sgd(network.parameters())
    const traced = (options?: { training: boolean }) =>
      trace(
        { x: f32(4, 2) },
        ({ x }) => {
          const loss = sum(square(network.forward(x)))
          sgd.update(loss, scalar(0.1))
          return { loss }
        },
        options,
      )
    expect(() => traced()).toThrow(/^1: parameters are updated[\s\S]*training: true/)
    for (const training of [true, false]) expect(() => traced({ training })).not.toThrow()
  })

  it('needs no statement about training where no module acts differently in it', () => {
    const network = new Sequential(new Linear(2, 3), new Dropout(0), new Linear(3, 1))
    const sgd = new Sgd(network.parameters())
    const traced = () =>
      trace({ x: f32(4, 2) }, ({ x }) => {
        const loss = sum(square(network.forward(x)))
        sgd.update(loss, scalar(0.1))
        return { loss }
      })
    expect(traced).not.toThrow()
  })
})
