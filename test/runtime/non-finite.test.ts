import { describe, expect, it } from 'vitest'
import { initialize, Linear, Module, nameParts } from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import { findNonFinite } from '../../src/runtime/non-finite.ts'
import { requireNoHalves } from '../../src/runtime/onnxruntime-graph.ts'
import {
  add,
  assign,
  Bank,
  cast,
  constant,
  divide,
  exp,
  f32,
  log,
  multiply,
  read,
  softmax,
  subtract,
  type Tensor,
  type TracedGraph,
  trace,
  Variable,
} from '../../src/tensor/index.ts'

class Logarithm extends Module {
  forward(x: Tensor): Tensor {
    return log(x)
  }
}

class Network extends Module {
  first = new Linear(2, 2)
  second = new Logarithm()

  forward(x: Tensor): Tensor {
    return multiply(this.second.forward(x), this.first.forward(x))
  }
}

const of = (...values: number[]) => ({ x: Float32Array.from(values) })

function find(graph: TracedGraph, feeds: { x: Float32Array }) {
  return findNonFinite(graph, feeds, new CpuDevice({ threads: 1 }))
}

describe('where values stop being finite', () => {
  it('is the operator that begins it, with its module, not what comes of it', async () => {
    const model = initialize(nameParts(new Network()), new CounterStream(1))
    const graph = trace({ x: f32(1, 2) }, ({ x }) => ({ y: exp(model.forward(x)) }))
    expect(await find(graph, of(1, -1))).toEqual({
      operator: 'Log',
      scope: 'second',
      shape: [1, 2],
      kind: 'NaN',
      index: 1,
    })
  })

  it('is nowhere where all is finite', async () => {
    const graph = trace({ x: f32(2) }, ({ x }) => ({ y: log(x) }))
    expect(await find(graph, of(1, 2))).toBeUndefined()
  })

  it('may be an overflow', async () => {
    const graph = trace({ x: f32(2) }, ({ x }) => ({ y: subtract(exp(x), exp(x)) }))
    expect(await find(graph, of(0, 1000))).toMatchObject({ operator: 'Exp', kind: 'infinity', index: 1 })
  })

  it('may be a quotient of zeros', async () => {
    const graph = trace({ x: f32(1) }, ({ x }) => ({ y: divide(x, multiply(x, 2)) }))
    expect(await find(graph, of(0))).toMatchObject({ operator: 'Div', kind: 'NaN' })
  })

  it('may be what is fed', async () => {
    const graph = trace({ x: f32(2) }, ({ x }) => ({ y: multiply(x, 2) }))
    expect(await find(graph, of(1, Number.NaN))).toMatchObject({ operator: 'Input', scope: 'x', index: 1 })
  })

  it('may be a variable, named inside its bank', async () => {
    const [a, b] = ['a', 'b'].map((name) => new Variable(name, 'parameter', [2]))
    b.values.set([0, Number.NaN])
    new Bank('all', 'parameter', [a, b])
    const graph = trace({ x: f32(2) }, ({ x }) => ({ y: add(add(x, read(a)), read(b)) }))
    expect(await find(graph, of(1, 1))).toMatchObject({ operator: 'Input', scope: 'b', shape: [2], index: 1 })
  })

  it('is looked for in the new state as well, and leaves the state as it is', async () => {
    const total = new Variable('total', 'buffer', [1], Float32Array.of(5))
    const device = new CpuDevice({ threads: 1 })
    const graph = trace({ x: f32(1) }, ({ x }) => {
      assign(total, add(read(total), log(x)))
      return {}
    })
    expect(await findNonFinite(graph, of(-1), device)).toMatchObject({ operator: 'Log', kind: 'NaN' })
    await device.pull([total])
    expect([...total.values]).toEqual([5])
  })
})

describe('an infinity that stands in the graph', () => {
  const masked = (x: Tensor) => add(x, constant(Float32Array.of(0, -Infinity), [2]))

  it('as a mask does not count', async () => {
    const graph = trace({ x: f32(2) }, ({ x }) => ({ y: softmax(masked(x)) }))
    expect(await find(graph, of(1, 2))).toBeUndefined()
  })

  it('counts where it becomes NaN', async () => {
    const graph = trace({ x: f32(2) }, ({ x }) => ({ y: subtract(masked(x), masked(x)) }))
    expect(await find(graph, of(1, 2))).toMatchObject({ operator: 'Sub', kind: 'NaN', index: 1 })
  })
})

describe('half precision', () => {
  it('tells where a half does not hold the value', async () => {
    const graph = trace({ x: f32(2) }, ({ x }) => ({ y: log(cast(cast(exp(x), 'f16'), 'f32')) }))
    expect(await find(graph, of(1, 12))).toMatchObject({ operator: 'Cast', kind: 'infinity', index: 1 })
  })

  it('is refused for a device without it, with the operator', () => {
    const graph = trace({ x: f32(2) }, ({ x }) => ({ y: cast(exp(cast(x, 'f16')), 'f32') }))
    expect(() => requireNoHalves(graph, 'webgpu')).toThrow(/does not compute in half precision[\s\S]*f16\[2\]/)
    const single = trace({ x: f32(2) }, ({ x }) => ({ y: exp(x) }))
    expect(() => requireNoHalves(single, 'webgpu')).not.toThrow()
  })
})

describe('a step that was asked to look', () => {
  it('tells the output, the operator and its module', async () => {
    const model = initialize(nameParts(new Network()), new CounterStream(1))
    const graph = trace({ x: f32(1, 2) }, ({ x }) => ({ y: model.forward(x) }))
    const step = await new CpuDevice({ threads: 1 }).compile(graph, { checkFinite: true })
    await step.run(of(1, 2))
    await expect(step.run(of(1, -1))).rejects.toThrow(
      /output y: a run gave NaN, and was undone[\s\S]*NaN, which begins at Log in second, element 1 of \[1, 2\]/,
    )
  })
})
