import { describe, expect, it } from 'vitest'
import { Embedding, Identity, initialize, nameParts, Prelu } from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { f32, i32, trace } from '../../src/tensor/index.ts'
import { describeLayers } from './layer-cases.ts'

describeLayers('small-layers', {
  Embedding: { create: ([entries, size], options) => new Embedding(entries, size, options) },
  Prelu: { create: ([slopes]) => new Prelu(slopes) },
})

describe('an embedding', () => {
  it('adds an axis of its size to integers of any shape', () => {
    const graph = trace({ x: i32(2, 3) }, ({ x }) => ({ y: new Embedding(5, 4).forward(x) }))
    expect(graph.outputs[0].tensor.shape).toEqual([2, 3, 4])
  })

  it('starts its padding entry as zeros and the others normal', () => {
    const { values } = initialize(nameParts(new Embedding(3, 50, { paddingIndex: -2 })), new CounterStream(1)).weight
    expect(values.slice(50, 100).every((value) => value === 0)).toBe(true)
    const others = [...values.slice(0, 50), ...values.slice(100)]
    const deviation = Math.sqrt(others.reduce((total, value) => total + value ** 2, 0) / 100)
    expect(Math.abs(deviation - 1)).toBeLessThan(5 / Math.sqrt(200))
  })

  it('refuses a padding index that is no entry', () => {
    for (const paddingIndex of [3, -4, 0.5]) {
      expect(() => new Embedding(3, 2, { paddingIndex })).toThrow('not an entry of the embedding')
    }
  })
})

describe('identity', () => {
  it('gives its input back and has no variables', () => {
    const layer = nameParts(new Identity())
    expect([...layer.variables()]).toEqual([])
    trace({ x: f32(2) }, ({ x }) => {
      expect(layer.forward(x)).toBe(x)
      return {}
    })
  })
})
