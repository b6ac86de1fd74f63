import { describe, expect, it } from 'vitest'
import { Gru, initialize, Lstm, nameParts, type RecurrentOptions } from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { f32, type Tensor, trace } from '../../src/tensor/index.ts'
import { nodesOf } from '../../src/tensor/passes/rewrite.ts'
import { randomFed, runGraph } from '../tensor/run-graph.ts'
import { describeLayers } from './layer-cases.ts'

describeLayers('recurrent', {
  Gru: {
    create: ([inputs, hidden], options) => new Gru(inputs, hidden, options),
    outputs(layer: Gru, { x, hidden }) {
      const result = layer.forward(x, hidden)
      return { output: result.output, 'last hidden': result.hidden }
    },
  },
  Lstm: {
    create: ([inputs, hidden], options) => new Lstm(inputs, hidden, options),
    outputs(layer: Lstm, { x, hidden, cell }) {
      const result = layer.forward(x, hidden && { hidden, cell })
      return { output: result.output, 'last hidden': result.hidden, 'last cell': result.cell }
    },
  },
})

describe.each([
  ['Gru', (options: RecurrentOptions) => new Gru(2, 3, options)],
  ['Lstm', (options: RecurrentOptions) => new Lstm(2, 3, options)],
] as const)('%s', (_, create) => {
  const inputs = { x: randomFed([2, 5, 2]) }
  const build = (options: RecurrentOptions) => initialize(nameParts(create(options)), new CounterStream(1))

  it('multiplies all inputs of a layer at once, and every state of a step', () => {
    const layer = build({ layers: 2 })
    const graph = trace({ x: f32(2, 5, 2) }, ({ x }) => ({ y: layer.forward(x).output }))
    const products = nodesOf([graph.outputs[0].tensor]).filter(({ operator }) => operator === 'MatMul')
    expect(products.length).toBe(2 * (1 + 5))
  })

  it('drops outputs between layers as it trains, and nothing else', async () => {
    const outputs = async (options: RecurrentOptions, training: boolean) =>
      (await runGraph(inputs, ({ x }) => ({ y: build(options).forward(x).output }), { training })).y
    const plain = await outputs({ layers: 2 }, true)
    expect(await outputs({ layers: 2, dropout: 0.5 }, false)).toEqual(plain)
    expect(await outputs({ layers: 2, dropout: 0.5 }, true)).not.toEqual(plain)
    expect(await outputs({ dropout: 0.5 }, true)).toEqual(await outputs({}, true))
  })

  it('starts uniform within 1 / sqrt(hidden)', () => {
    for (const [name, { values }] of build({ bidirectional: true }).variables()) {
      expect(Math.max(...values.map(Math.abs)), name).toBeLessThanOrEqual(1 / Math.sqrt(3))
      expect(new Set(values).size, name).toBe(values.length)
    }
  })

  it('refuses to have no layers, and to drop less than nothing', () => {
    for (const layers of [0, 1.5]) expect(() => create({ layers })).toThrow(/layers[\s\S]*1 or more/)
    const layer = build({ layers: 2, dropout: -0.1 })
    expect(() => trace({ x: f32(2, 5, 2) }, ({ x }) => ({ y: layer.forward(x).output }))).toThrow('from 0 to 1')
  })

  it('refuses inputs and states that do not fit', () => {
    trace({ x: f32(2, 5, 2), wide: f32(2, 5, 3), state: f32(1, 5, 3) }, ({ x, wide, state }) => {
      expect(() => build({}).forward(wide)).toThrow('x (N, T, 2)')
      expect(() => build({ batchFirst: false }).forward(wide)).toThrow('x (T, N, 2)')
      const given = build({}) instanceof Gru ? state : { hidden: state, cell: state }
      expect(() => (build({}) as Gru).forward(x, given as Tensor)).toThrow('a state (1,2,3)')
      return {}
    })
  })
})
