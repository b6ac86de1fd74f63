import { describe, expect, it } from 'vitest'
import { DgGcn, type DgGcnOptions, type GraphTerm } from '../../../../src/models/blocks/graph/dggcn.ts'
import { fillFrom, initialize, type Parameter } from '../../../../src/nn/index.ts'
import { CounterStream } from '../../../../src/random/counter-stream.ts'
import { randomFed, runGraph } from '../../../tensor/run-graph.ts'

const [N, K, C, T, V] = [2, 2, 3, 4, 5]
const A = Array.from(randomFed([K, V, V], 3, 0.5, 1).data as Float32Array)
const ALPHA = [0.3, -0.2]
const BETA = [0.7, 0.4]
const x = randomFed([N, K * C, T, V], 4, 0, 1)

/**
 * A unit that computes relu(sum over v of x[v] G[v, w] + x[w]): its projections, and conv1, are the identity, conv2 is
 * half of it, and normalisation in evaluation changes nothing but by its epsilon.
 */
function transparentUnit(options: DgGcnOptions): DgGcn {
  const unit = new DgGcn(K * C, K * C, { shape: [K, V, V], initial: fillFrom(A) }, { ratio: 1 / K, ...options })
  initialize(unit, new CounterStream('unit'))
  const identity = (parameter: Parameter, scale = 1) => {
    for (let i = 0; i < K * C; i++)
      for (let j = 0; j < K * C; j++) parameter.values[i * K * C + j] = i === j ? scale : 0
  }
  const set = (name: string, change: (parameter: Parameter) => void) => {
    for (const [path, variable] of unit.variables()) if (path === name) change(variable as Parameter)
  }
  for (const name of ['pre.0', 'post', 'conv1', 'conv2']) {
    set(`${name}.weight`, (weight) => identity(weight, name === 'conv2' ? 0.5 : 1))
    set(`${name}.bias`, (bias) => bias.values.fill(0))
  }
  for (const name of ['pre.1.weight', 'bn.weight']) set(name, ({ values }) => values.fill(Math.sqrt(1 + 1e-5)))
  unit.alpha.values.set(ALPHA)
  unit.beta.values.set(BETA)
  return unit
}

/** The same by its definition, G = A_k + alpha_k tanh(x1[v] - x2[w]) + beta_k softmax_v(x1[v] . x2[w]). */
function byDefinition({ ctr = 'T', ada = 'T', subsetWise = false }: DgGcnOptions): number[] {
  const at = (n: number, k: number, c: number, t: number, v: number) =>
    x.data[(((n * K + k) * C + c) * T + t) * V + v] as number
  const mean = (n: number, k: number, c: number, v: number) =>
    Array.from({ length: T }, (_, t) => at(n, k, c, t, v)).reduce((a, b) => a + b) / T
  const perFrame = ctr === 'NA' || ada === 'NA'
  const seen = (n: number, k: number, c: number, t: number, v: number) =>
    perFrame ? at(n, k, c, t, v) : mean(n, k, c, v)
  const product = (n: number, k: number, t: number, v: number, w: number) =>
    [0, 1, 2].reduce((total, c) => total + seen(n, k, c, t, v) * 0.5 * seen(n, k, c, t, w), 0)
  const graph = (n: number, k: number, c: number, t: number, v: number, w: number) => {
    const own = subsetWise ? k : 0
    let entry = A[(k * V + v) * V + w]
    if (ctr) entry += ALPHA[own] * Math.tanh(seen(n, k, c, t, v) - 0.5 * seen(n, k, c, t, w))
    if (ada) {
      const shares = Array.from({ length: V }, (_, u) => Math.exp(product(n, k, t, u, w)))
      entry += (BETA[own] * shares[v]) / shares.reduce((a, b) => a + b)
    }
    return entry
  }
  return Array.from(x.data, (input, i) => {
    const [w, t, c, k, n] = [
      i % V,
      Math.floor(i / V) % T,
      Math.floor(i / V / T) % C,
      Math.floor(i / V / T / C) % K,
    ].concat(Math.floor(i / V / T / C / K))
    const mixed = Array.from({ length: V }, (_, v) => at(n, k, c, t, v) * graph(n, k, c, t, v, w))
    return Math.max(0, mixed.reduce((a, b) => a + b) + Number(input))
  })
}

const TERMS: readonly GraphTerm[] = ['T', 'NA', null]
const CASES = TERMS.flatMap((ctr) =>
  TERMS.flatMap((ada) => [false, true].map((subsetWise) => ({ ctr, ada, subsetWise }))),
)

describe('DgGcn', () => {
  it.each(CASES)('aggregates over its graphs, ctr $ctr, ada $ada, subset-wise $subsetWise', async (options) => {
    const unit = transparentUnit(options)
    const { y } = await runGraph({ x }, (tensors) => ({ y: unit.forward(tensors.x) }))
    const wanted = byDefinition(options)
    expect(Math.max(...wanted.map((value, i) => Math.abs(value - y[i])))).toBeLessThan(1e-5)
  })

  it('has as many channels per graph as the ratio says, one by the number of graphs where it is null', () => {
    const channels = (ratio?: number | null) =>
      new DgGcn(3, 40, { shape: [8, V, V], initial: () => {} }, { ratio }).post.weight.shape[1]
    expect([channels(), channels(0.125), channels(null)]).toEqual([80, 40, 40])
  })

  it('compares no joints where neither term is wanted', () => {
    const unit = new DgGcn(3, 8, { shape: [2, V, V], initial: () => {} }, { ctr: null, ada: null })
    expect([...unit.parts()].map(([name]) => name)).not.toContain('conv1')
  })
})
