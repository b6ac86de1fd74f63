import { Buffer, type Module } from '../../src/nn/index.ts'
import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import type { HostArray } from '../../src/runtime/device.ts'
import { gradients, read, type Tensor, type TensorType, type TracedGraph, trace } from '../../src/tensor/index.ts'
import type { GoldenTest, Values } from '../adapter.ts'

/** Fills parameters and buffers by name; buffers that `keep` names (wholly or by their end) stay as built. */
export function fillByName(root: Module, test: GoldenTest, keep: readonly string[] = test.config.keep ?? []): void {
  for (const [name, variable] of root.variables()) {
    const isKept = variable instanceof Buffer && keep.some((kept) => name === kept || name.endsWith(`.${kept}`))
    if (isKept) continue
    variable.values.set(test.parameter(name, variable.shape))
  }
}

export interface NetworkRun {
  readonly outputs: ReadonlyMap<string, Values>
  /** Outputs of the named modules. */
  readonly modules: ReadonlyMap<string, Values>
  /** Gradients of the output `loss` by parameter name; without entries for parameters it does not reach. */
  readonly gradients: ReadonlyMap<string, Values>
  /** Values of the buffers after the run, by name. */
  readonly buffers: ReadonlyMap<string, Values>
}

export interface NetworkRunOptions {
  readonly training: boolean
  /** Paths of the modules whose outputs are wanted. */
  readonly observe?: readonly string[]
  /** Whether gradients of `loss` are wanted. */
  readonly gradients?: boolean
}

/** A network that is compiled once and run with several inputs. */
export interface CompiledNetwork<I extends Record<string, TensorType>> {
  /** Runs from the variables' present values, which stay as they are. */
  run(feeds: Readonly<Record<keyof I & string, HostArray>>): Promise<NetworkRun>
  release(): Promise<void>
}

/** Traces and runs a network once on the CPU and gives everything that fixtures compare. */
export async function runNetwork<I extends Record<string, TensorType>>(
  root: Module,
  inputs: I,
  feeds: Readonly<Record<keyof I & string, HostArray>>,
  body: (tensors: { readonly [K in keyof I]: Tensor }) => Record<string, Tensor>,
  options: NetworkRunOptions,
): Promise<NetworkRun> {
  const network = await compileNetwork(root, inputs, body, options)
  const run = await network.run(feeds)
  await network.release()
  return run
}

/** Traces and compiles a network for the CPU; every run gives what fixtures compare. */
export async function compileNetwork<I extends Record<string, TensorType>>(
  root: Module,
  inputs: I,
  body: (tensors: { readonly [K in keyof I]: Tensor }) => Record<string, Tensor>,
  options: NetworkRunOptions,
): Promise<CompiledNetwork<I>> {
  const parameters = root.parameters()
  const observed = new Map<string, Tensor>()
  const wanted = new Set(options.observe)
  const named: Record<string, Tensor> = {}
  const graph = trace(
    inputs,
    (tensors) => {
      Object.assign(named, body(tensors))
      const all: Record<string, Tensor> = {}
      for (const [name, tensor] of Object.entries(named)) all[`output:${name}`] = tensor
      for (const [path, tensor] of observed) all[`module:${path}`] = tensor
      if (options.gradients) {
        const found = gradients(named.loss, parameters.map(read))
        found.forEach((gradient, i) => {
          if (gradient) all[`gradient:${parameters[i].name}`] = gradient
        })
      }
      return all
    },
    { training: options.training, observe: (path, tensor) => wanted.has(path) && observed.set(path, tensor) },
  )
  const device = new CpuDevice({ threads: 2 })
  const step = await device.compile(graph)
  const variables = [...root.variables()].map(([, variable]) => variable)
  return {
    async run(feeds) {
      device.push(variables)
      const results = await step.run(feeds)
      const before = variables.map((variable) => variable.values.slice())
      await device.pull(variables)
      const buffers = new Map(root.buffers().map((b) => [b.name, { data: b.values.slice(), shape: b.shape }]))
      variables.forEach((variable, i) => {
        variable.values.set(before[i])
      })
      return {
        outputs: section(graph, results, 'output:'),
        modules: section(graph, results, 'module:'),
        gradients: section(graph, results, 'gradient:'),
        buffers,
      }
    },
    release: () => step.release(),
  }
}

function section(graph: TracedGraph, results: Record<string, HostArray>, prefix: string): Map<string, Values> {
  const found = graph.outputs.filter(({ name }) => name.startsWith(prefix))
  return new Map(
    found.map(({ name, tensor }) => [name.slice(prefix.length), { data: results[name], shape: tensor.shape }]),
  )
}
