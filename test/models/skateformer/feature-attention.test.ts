import { describe, expect, it } from 'vitest'
import { featureAttention } from '../../../src/models/skateformer/feature-attention.ts'
import { scaledDotProductAttention } from '../../../src/nn/index.ts'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import {
  f32,
  gradients,
  multiply,
  RandomState,
  sum,
  swapLastAxes,
  type Tensor,
  trace,
} from '../../../src/tensor/index.ts'
import { checkGradient } from '../../tensor/check-gradient.ts'
import { randomFed } from '../../tensor/run-graph.ts'

const SCALE = 0.5
/** Three features of five tokens, in two times three batches; a bias that the second batch axis shares. */
const INPUTS = {
  q: randomFed([2, 3, 3, 5], 1, -2, 2),
  k: randomFed([2, 3, 3, 5], 2, -2, 2),
  v: randomFed([2, 3, 3, 5], 3, -2, 2),
  bias: randomFed([2, 1, 5, 5], 4),
  weight: randomFed([2, 3, 3, 5], 5),
}

type Attention = (q: Tensor, k: Tensor, v: Tensor, bias: Tensor) => Tensor

/** Output and gradients of its weighted sum in the first step of training from one seed. */
async function trained(attention: Attention): Promise<Record<string, number[]>> {
  const types = Object.fromEntries(Object.entries(INPUTS).map(([name, { shape }]) => [name, f32(...shape)]))
  const graph = trace(
    types,
    ({ q, k, v, bias, weight }) => {
      const output = attention(q, k, v, bias)
      const [dq, dk, dv, dBias] = gradients(sum(multiply(output, weight)), [q, k, v, bias]).map((d) => d!)
      return { output, dq, dk, dv, dBias }
    },
    { training: true, random: new RandomState(3) },
  )
  const step = await new CpuDevice({ threads: 1 }).compile(graph)
  const results = await step.run(Object.fromEntries(Object.entries(INPUTS).map(([name, { data }]) => [name, data])))
  await step.release()
  return Object.fromEntries(Object.entries(results).map(([name, data]) => [name, Array.from(data)]))
}

/** The same by the operators' own rules. */
const plain =
  (dropout?: number): Attention =>
  (q, k, v, bias) => {
    const [rows, columns, values] = [q, k, v].map(swapLastAxes)
    return swapLastAxes(scaledDotProductAttention(rows, columns, values, { mask: bias, scale: SCALE, dropout }))
  }

describe('attention with the features in front', () => {
  it.each([undefined, 0.4])('equals scaled dot-product attention, with its gradients; dropout %s', async (dropout) => {
    const own = await trained((q, k, v, bias) => featureAttention(q, k, v, { scale: SCALE, bias, dropout }))
    const expected = await trained(plain(dropout))
    for (const [name, values] of Object.entries(expected)) {
      const largest = Math.max(...values.map(Math.abs))
      const deviation = Math.max(...values.map((value, i) => Math.abs(value - own[name][i])))
      expect(deviation / largest, name).toBeLessThan(1e-5)
    }
  })

  it('has the gradient of its output', async () => {
    const { q, k, v } = INPUTS
    await checkGradient({ q, k, v }, (t) => featureAttention(t.q, t.k, t.v, { scale: SCALE }))
  })

  it('gives zeros in training when every weight is dropped', async () => {
    const { output } = await trained((q, k, v, bias) => featureAttention(q, k, v, { scale: SCALE, bias, dropout: 1 }))
    expect(output.every((value) => value === 0)).toBe(true)
  })
})
