import { describe, expect, it } from 'vitest'
import { type AlterableBackbone, Encoder, projectionHead } from '../../src/models/encoder.ts'
import { Linear, Module, nameParts, ones } from '../../src/nn/index.ts'
import { f32, full, multiply, type Tensor, trace } from '../../src/tensor/index.ts'

/** Features that are the graph, of which the encoder's caller may make another one. */
class Graph extends Module implements AlterableBackbone {
  readonly outChannels = 4

  forward(x: Tensor, alter: (graph: Tensor) => Tensor = (graph) => graph): Tensor {
    const [N, M] = x.shape
    return alter(full([N * M, 4, 2, 3], 1))
  }
}

describe('an encoder', () => {
  it('hands on to the backbone what alters its graph', () => {
    let altered = 0
    const alter = (graph: Tensor) => {
      altered++
      return multiply(graph, 2)
    }
    const encoder = nameParts(new Encoder(new Graph(), new Linear(4, 3)))
    const graph = trace({ x: f32(5, 2, 2, 3, 3) }, ({ x }) => ({ y: encoder.forward(x, alter) }))
    expect(altered).toBe(1)
    expect(graph.outputs[0].tensor.shape).toEqual([5, 3])
  })
})

describe('a projection head', () => {
  const shapes = (head: Module) => [...head.variables()].map(([name, { shape }]) => [name, shape])

  it('is a perceptron of the width of the features, or one layer', () => {
    expect(shapes(projectionHead(8, 3))).toEqual([
      ['0.weight', [8, 8]],
      ['0.bias', [8]],
      ['2.weight', [3, 8]],
      ['2.bias', [3]],
    ])
    expect(shapes(projectionHead(8, 3, { mlp: false, initialWeight: ones }))).toEqual([
      ['weight', [3, 8]],
      ['bias', [3]],
    ])
  })
})
