import { describe, expect, it } from 'vitest'
import { Buffer, type Module, nameParts, Parameter } from '../../src/nn/index.ts'
import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import {
  add,
  cast,
  f32,
  gradients,
  i32,
  multiply,
  read,
  reshape,
  sum,
  type Tensor,
  trace,
} from '../../src/tensor/index.ts'
import type { Tensors } from '../tensor/run-graph.ts'
import { expectTensor, fedFrom, readCases, type WrittenTensors } from './fixture.ts'

interface LayerCase {
  readonly layer: string
  readonly name: string
  readonly arguments: readonly number[]
  readonly options: Readonly<Record<string, unknown>>
  readonly parameters: WrittenTensors
  readonly steps: readonly LayerStep[]
}

interface LayerStep {
  readonly training: boolean
  readonly inputs: WrittenTensors
  readonly seeds: WrittenTensors
  readonly expected: Readonly<Record<'outputs' | 'gradients' | 'buffers', WrittenTensors>>
}

// biome-ignore lint/suspicious/noExplicitAny: arguments, options and inputs come from the fixture
type Given = any

export interface LayerUnderTest {
  /** The layer from the arguments and options of a case. */
  readonly create: (args: Given, options: Given) => Module
  /** Its outputs, by the names of the fixture; a layer with `forward(x)` when absent. */
  readonly outputs?: (layer: Given, inputs: Given) => Tensors
}

/** Compares layers, their gradients and their buffers with all cases of a fixture, step by step. */
export function describeLayers(fixture: string, layers: Readonly<Record<string, LayerUnderTest>>): void {
  const cases = readCases<LayerCase>(`layers/${fixture}`)
  describe.each(Object.keys(layers))('%s', (name) => {
    const own = cases.filter(({ layer }) => layer === name)
    it.each(own.map((c) => [`${JSON.stringify([c.arguments, c.options])} ${c.name}`, c] as const))(
      'equals PyTorch, its gradients and buffers, too: %s',
      async (_, c) => {
        const layer = nameParts(layers[name].create(c.arguments, c.options))
        fill(layer, c.parameters)
        for (const [i, step] of c.steps.entries()) await expectStep(layer, layers[name], step, `step ${i}`)
      },
    )
  })
}

/** Gives the parameters their values, which also checks that names, their order and shapes are PyTorch's. */
function fill(layer: Module, parameters: WrittenTensors): void {
  const own = [...layer.variables()].filter(([, variable]) => variable instanceof Parameter)
  expect(own.map(([name]) => name)).toEqual(Object.keys(parameters))
  for (const [name, variable] of own) {
    expect(variable.shape, name).toEqual(parameters[name].shape)
    variable.values.set(parameters[name].values)
  }
}

async function expectStep(layer: Module, under: LayerUnderTest, step: LayerStep, what: string): Promise<void> {
  const device = new CpuDevice({ threads: 1 })
  const feeds = fedFrom({ ...step.inputs, ...prefixed(step.seeds) })
  const types = Object.fromEntries(
    Object.entries(feeds).map(([name, { shape, data }]) => [
      name,
      data instanceof Int32Array ? i32(...shape) : f32(...shape),
    ]),
  )
  const graph = trace(types, (tensors) => outputsAndGradients(layer, under, step, tensors), { training: step.training })
  const compiled = await device.compile(graph)
  const results = await compiled.run(Object.fromEntries(Object.entries(feeds).map(([name, { data }]) => [name, data])))
  device.pull(layer.buffers())
  await compiled.release()
  for (const kind of ['outputs', 'gradients'] as const) {
    for (const [name, wanted] of Object.entries(step.expected[kind])) {
      expectTensor(results[`${kind} ${name}`], wanted, `${what}, ${kind} ${name}`, 1e-5)
    }
  }
  const buffers = new Map([...layer.variables()].filter(([, variable]) => variable instanceof Buffer))
  for (const [name, wanted] of Object.entries(step.expected.buffers)) {
    // PyTorch counts batches everywhere, this engine where the count matters.
    if (name === 'num_batches_tracked' && !buffers.has(name)) continue
    expectTensor(buffers.get(name)?.values ?? [], wanted, `${what}, ${name}`, 1e-5)
  }
}

function prefixed(seeds: WrittenTensors): WrittenTensors {
  return Object.fromEntries(Object.entries(seeds).map(([name, seed]) => [`seed of ${name}`, seed]))
}

function outputsAndGradients(layer: Module, under: LayerUnderTest, step: LayerStep, tensors: Tensors): Tensors {
  const inputs = Object.fromEntries(
    Object.entries(step.inputs).map(([name, { dtype }]) => [
      name,
      dtype === 'bool' ? cast(tensors[name], 'bool') : tensors[name],
    ]),
  )
  const outputs: Tensors = under.outputs?.(layer, inputs) ?? { output: (layer as Given).forward(inputs.x) }
  expect(Object.keys(outputs)).toEqual(Object.keys(step.expected.outputs))
  const terms = Object.keys(outputs).map((name) =>
    reshape(sum(multiply(outputs[name], tensors[`seed of ${name}`])), []),
  )
  const variables = new Map(layer.variables())
  const wanted = Object.keys(step.expected.gradients)
  const found = gradients(
    terms.reduce((a, b) => add(a, b)),
    wanted.map((name): Tensor => inputs[name] ?? read(variables.get(name)!)),
  )
  return {
    ...Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [`outputs ${name}`, tensor])),
    ...Object.fromEntries(wanted.map((name, i) => [`gradients ${name}`, found[i] ?? expect.fail(`no d ${name}`)])),
  }
}
