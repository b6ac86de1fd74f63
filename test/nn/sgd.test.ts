import { describe, expect, it } from 'vitest'
import { Parameter, Sgd, type SgdOptions } from '../../src/nn/index.ts'
import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import {
  add,
  constant,
  exp,
  f32,
  multiply,
  read,
  slice,
  square,
  sum,
  type Tensor,
  trace,
} from '../../src/tensor/index.ts'

const START = { p: [1, -2, 0.5], q: [3], unused: [4] }
const SCALES = [1, 2, 3]
const RATES = [0.1, 0.1 / 2, 0.1 / 3, 0.1 / 4, 0.1 / 5]

function parameterOf(values: readonly number[]): Parameter {
  const parameter = new Parameter([values.length], () => {})
  parameter.values.set(values)
  return parameter
}

/** Five steps on sum(scale p^2) + exp(q / 2) p_0 with falling learning rates; `unused` is not in the loss. */
async function optimize(options: SgdOptions, order: readonly (keyof typeof START)[] = ['p', 'q', 'unused']) {
  const all = { p: parameterOf(START.p), q: parameterOf(START.q), unused: parameterOf(START.unused) }
  const sgd = new Sgd(
    order.map((name) => all[name]),
    options,
  )
  const graph = trace({ rate: f32() }, ({ rate }) => {
    const loss = lossOf(read(all.p), read(all.q))
    sgd.update(loss, rate)
    return { loss }
  })
  const device = new CpuDevice({ threads: 1 })
  const step = await device.compile(graph)
  for (const rate of RATES) await step.run({ rate: Float32Array.of(rate) })
  device.pull(Object.values(all))
  return { p: [...all.p.values], q: [...all.q.values], unused: [...all.unused.values] }
}

function lossOf(p: Tensor, q: Tensor): Tensor {
  const scaled = sum(multiply(square(p), constant(Float32Array.from(SCALES), [3])))
  return add(scaled, multiply(exp(multiply(q, 0.5)), slice(p, 0, 0, 1)))
}

/** The same in float64, by the formulas of Sutskever et al. 2013 as PyTorch states them. */
function byHand({ momentum = 0, nesterov = false, weightDecay = 0 }: SgdOptions) {
  const values = [...START.p, ...START.q]
  const velocity = values.map(() => 0)
  for (const rate of RATES) {
    const grown = Math.exp(values[3] / 2)
    const gradient = [2 * values[0] + grown, 4 * values[1], 6 * values[2], (grown / 2) * values[0]]
    for (let i = 0; i < values.length; i++) {
      const decayed = gradient[i] + weightDecay * values[i]
      velocity[i] = momentum * velocity[i] + decayed
      values[i] -= rate * (nesterov ? decayed + momentum * velocity[i] : velocity[i])
    }
  }
  return { p: values.slice(0, 3), q: values.slice(3) }
}

/** Values after the five steps by torch.optim.SGD of PyTorch 2.9.1, rounded to six decimals. */
const PYTORCH: readonly [SgdOptions, readonly number[], readonly number[]][] = [
  [{}, [-0.193265, -0.688896, 0.083776], [2.738845]],
  [{ momentum: 0.9 }, [-1.239978, 0.36612, -0.19976], [2.568158]],
  [{ momentum: 0.9, nesterov: true, weightDecay: 0.01 }, [-1.622254, 0.423957, -0.105013], [2.78431]],
  [{ weightDecay: 0.1 }, [-0.192807, -0.667275, 0.08034], [2.676378]],
]

function expectClose(actual: readonly number[], wanted: readonly number[]): void {
  expect(actual.length).toBe(wanted.length)
  actual.forEach((value, i) => {
    expect(Math.abs(value - wanted[i])).toBeLessThan(3e-6)
  })
}

describe('stochastic gradient descent', () => {
  it.each(PYTORCH)('with %o equals the formulas and PyTorch', async (options, p, q) => {
    const result = await optimize(options)
    expectClose(result.p, p)
    expectClose(result.q, q)
    const exact = byHand(options)
    expectClose(result.p, exact.p)
    expectClose(result.q, exact.q)
  })

  it('leaves a parameter that the loss does not reach alone, weight decay and momentum included', async () => {
    const { unused } = await optimize({ momentum: 0.9, weightDecay: 0.5 })
    expect(unused).toEqual([4])
  })

  it('does not depend on the order of the parameters', async () => {
    const options = { momentum: 0.9, nesterov: true, weightDecay: 0.01 }
    expect(await optimize(options, ['unused', 'q', 'p'])).toEqual(await optimize(options))
  })

  it('continues from saved parameters and momentum as if it had not stopped', async () => {
    const build = () => {
      const p = parameterOf(START.p)
      const sgd = new Sgd([p], { momentum: 0.9 })
      const graph = trace({}, () => {
        sgd.update(sum(square(read(p))), constant(Float32Array.of(0.1), []))
        return {}
      })
      return { p, sgd, graph, device: new CpuDevice({ threads: 1 }) }
    }
    const whole = build()
    const step = await whole.device.compile(whole.graph)
    await step.run({})
    await step.run({})
    whole.device.pull([whole.p, ...whole.sgd.slots()])
    const saved = { p: [...whole.p.values], momentum: [...whole.sgd.momentum.values] }
    await step.run({})
    whole.device.pull([whole.p])

    const resumed = build()
    resumed.p.values.set(saved.p)
    resumed.sgd.momentum.values.set(saved.momentum)
    await (await resumed.device.compile(resumed.graph)).run({})
    resumed.device.pull([resumed.p])
    expect([...resumed.p.values]).toEqual([...whole.p.values])
  })
})
