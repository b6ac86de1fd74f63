import { describe, expect, it } from 'vitest'
import {
  BatchNorm,
  Buffer,
  constantFill,
  Linear,
  Module,
  nameParts,
  ones,
  Parameter,
  Sequential,
} from '../../src/nn/index.ts'
import { Bank, currentScope, f32, multiply, read, relu, type Tensor, trace } from '../../src/tensor/index.ts'

class Block extends Module {
  readonly gain: Parameter
  readonly absent?: Linear
  readonly fc: Linear
  readonly table: Buffer

  constructor(width = 2) {
    super()
    this.table = new Buffer(Float32Array.of(1), [1])
    this.fc = new Linear(width, width)
    this.gain = new Parameter([1], constantFill(1))
  }

  forward(x: Tensor): Tensor {
    return multiply(this.fc.forward(x), read(this.gain))
  }
}

class Network extends Module {
  readonly net: readonly Block[]
  readonly head: Sequential
  readonly width = 2

  constructor() {
    super()
    this.net = [new Block(), new Block()]
    this.head = new Sequential(new BatchNorm(2), relu, new Linear(2, 3))
  }

  forward(x: Tensor): Tensor {
    return this.head.forward(this.net.reduce((t, block) => block.forward(t), x))
  }
}

const names = (root: Module) => [...root.variables()].map(([name]) => name)

describe('a module', () => {
  it('names its variables by field, in the order of the fields, its own first', () => {
    expect(names(new Block())).toEqual(['gain', 'table', 'fc.weight', 'fc.bias'])
  })

  it('numbers arrays and sequences; functions of a sequence count', () => {
    expect(names(new Network())).toEqual([
      ...['net.0.gain', 'net.0.table', 'net.0.fc.weight', 'net.0.fc.bias'],
      ...['net.1.gain', 'net.1.table', 'net.1.fc.weight', 'net.1.fc.bias'],
      ...['head.0.weight', 'head.0.bias', 'head.0.running_mean', 'head.0.running_var'],
      ...['head.2.weight', 'head.2.bias'],
    ])
  })

  it('numbers arrays of parameters and buffers', () => {
    class Scaled extends Module {
      readonly scales = [new Parameter([2], ones), new Parameter([3], ones)]
      readonly tables = [new Buffer(Float32Array.of(1), [1])]
      readonly fc = new Linear(2, 2)
    }
    const scaled = nameParts(new Scaled())
    expect(names(scaled)).toEqual(['scales.0', 'scales.1', 'tables.0', 'fc.weight', 'fc.bias'])
    expect(scaled.parameters().slice(0, 2)).toEqual(scaled.scales)
  })

  it.each([[[0, 3]], [[2.5]], [[Number.NaN, 1]]])('has no parameter of shape %j', (shape) => {
    expect(() => new Parameter(shape, ones)).toThrow(/cannot have this shape[\s\S]*1 or more/)
  })

  it('tells parameters from buffers', () => {
    const network = nameParts(new Network())
    expect(network.parameters().every((v) => v instanceof Parameter)).toBe(true)
    expect(network.buffers().map(({ name }) => name)).toEqual([
      ...['net.0.table', 'net.1.table', 'head.0.running_mean', 'head.0.running_var'],
    ])
    expect(network.parameters().length + network.buffers().length).toBe(names(network).length)
  })

  it('keeps its names when its variables are packed', () => {
    const network = nameParts(new Network())
    const before = names(network)
    new Bank('parameters', 'parameter', network.parameters())
    expect(names(network)).toEqual(before)
    expect(network.parameters()[0].name).toBe('net.0.gain')
  })

  it('lists a parameter that two parts share once', () => {
    class Tied extends Module {
      readonly first = new Linear(2, 2)
      readonly second = this.first
    }
    const tied = new Tied()
    expect(names(tied)).toEqual(['first.weight', 'first.bias', 'second.weight', 'second.bias'])
    expect(tied.parameters()).toEqual([tied.first.weight, tied.first.bias])
  })
})

describe('a sequence', () => {
  it('applies its steps in order', () => {
    const order: string[] = []
    const note = (name: string) => (x: Tensor) => {
      order.push(name)
      return x
    }
    trace({ x: f32(2) }, ({ x }) => ({ y: new Sequential(note('a'), note('b'), note('c')).forward(x) }))
    expect(order).toEqual(['a', 'b', 'c'])
  })

  it('says that a function is not a module', () => {
    expect(() => new Sequential(relu).at(0)).toThrow('there is no module at 0 of a sequence')
  })
})

describe('nameParts', () => {
  it('gives every variable its path', () => {
    const network = nameParts(new Network())
    for (const [name, variable] of network.variables()) expect(variable.name).toBe(name)
  })

  /** Paths that were reported, in order, and the scopes of the nodes of the output. */
  function traced(network: Network) {
    const reported: string[] = []
    const graph = trace({ x: f32(1, 2) }, ({ x }) => ({ y: network.forward(x) }), {
      observe: (path, output) => reported.push(`${path}: ${output}`),
    })
    return { reported, outermost: graph.outputs[0].tensor.node.scope }
  }

  it('makes every part run in the scope of its path and report its output', () => {
    const { reported, outermost } = traced(nameParts(new Network()))
    expect(reported).toEqual([
      ...['net.0.fc: f32[1, 2]', 'net.0: f32[1, 2]', 'net.1.fc: f32[1, 2]', 'net.1: f32[1, 2]'],
      ...['head.0: f32[1, 2]', 'head.2: f32[1, 3]', 'head: f32[1, 3]', ': f32[1, 3]'],
    ])
    expect(outermost).toBe('head.2')
  })

  it('names a part again where it becomes part of a larger network', () => {
    class Larger extends Module {
      readonly backbone = nameParts(new Network())
      forward(x: Tensor): Tensor {
        return this.backbone.forward(x)
      }
    }
    const larger = nameParts(new Larger())
    const reported: string[] = []
    const graph = trace({ x: f32(1, 2) }, ({ x }) => ({ y: larger.forward(x) }), {
      observe: (path) => reported.push(path),
    })
    expect(graph.outputs[0].tensor.node.scope).toBe('backbone.head.2')
    expect(reported).toEqual([
      ...['backbone.net.0.fc', 'backbone.net.0', 'backbone.net.1.fc', 'backbone.net.1'],
      ...['backbone.head.0', 'backbone.head.2', 'backbone.head', 'backbone', ''],
    ])
    expect(larger.parameters()[0].name).toBe('backbone.net.0.gain')
  })

  it('leaves no scope behind', () => {
    traced(nameParts(new Network()))
    expect(currentScope()).toBe('')
  })

  it('does not show in the fields of a module', () => {
    const network = nameParts(new Network())
    expect(Object.keys(network)).toEqual(['net', 'head', 'width'])
  })
})
