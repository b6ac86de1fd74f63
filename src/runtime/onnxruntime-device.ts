import type * as ort from 'onnxruntime-common'
import { requireStored, stored, type TracedGraph, type Variable } from '../tensor/index.ts'
import type { CompiledStep, CompileOptions, Device, HostArray } from './device.ts'
import { locateNonFinite, nonFiniteError, nonFiniteKind } from './non-finite.ts'
import { firstHalf, lower, requireNoHalves } from './onnxruntime-graph.ts'
import { OnnxRuntimeModel } from './onnxruntime-model.ts'
import { OnnxRuntimeSession } from './onnxruntime-session.ts'
import type { StateBuffer } from './onnxruntime-state.ts'
import { type RunResults, runStep } from './onnxruntime-step.ts'
import type { OnnxRuntime } from './onnxruntime-tensor.ts'
import type { Pass } from './pass.ts'
import type { Turns } from './turns.ts'

/** What one execution provider of ONNX Runtime does in its own way. */
export interface Provider {
  readonly name: string
  readonly runtime: OnnxRuntime
  readonly sessionOptions: ort.InferenceSession.SessionOptions
  /** Rewrites applied before a graph is handed to the runtime. */
  passes(): Promise<readonly Pass[]>
  /** What the runtime's optimiser leaves out for graphs behind the passes, by its names. */
  readonly refusedOptimizers?: readonly string[]
  /** Shared by all devices whose runs must not overlap. */
  readonly turns: Turns
  createState(variable: Variable): StateBuffer
  /** Whether it computes with f16; true when absent. */
  readonly halves?: boolean
  /** Values of a tensor of the state, where it lies outside the memory of this process. */
  download?(tensor: ort.Tensor): Promise<Float32Array>
}

type Feeds = Readonly<Record<string, HostArray>>

/** An execution provider of ONNX Runtime. The state stays where the provider computes. */
export class OnnxRuntimeDevice implements Device {
  readonly name: string
  private readonly provider: Provider
  private readonly state = new Map<Variable, StateBuffer>()

  constructor(provider: Provider) {
    this.name = provider.name
    this.provider = provider
  }

  /**
   * @throws OssatureError when the provider refuses the graph, an input or output is neither f32 nor i32, or a variable
   * was packed into a bank after the graph was traced; a step says the last of these when it runs, too
   */
  async compile(graph: TracedGraph, { checkFinite = false }: CompileOptions = {}): Promise<CompiledStep> {
    const { turns } = this.provider
    for (const { variable } of graph.state) requireStored(variable)
    const session = await turns.take(() => this.openGraph(graph))
    return {
      run: async (feeds) => {
        // Variables that the device meets for the first time have the values of now, not of when it is their turn.
        for (const { variable } of graph.state) this.bufferOf(variable)
        return turns.take(() => this.run(session, graph, feeds, checkFinite ? this.finite(graph, feeds) : undefined))
      },
      release: () => turns.take(() => session.release()),
    }
  }

  /**
   * Opens an ONNX model that has no state, such as the `model.onnx` of a run.
   * @throws OssatureError when the bytes are no model, or the provider refuses it
   */
  async load(model: Uint8Array): Promise<OnnxRuntimeModel> {
    return new OnnxRuntimeModel(
      await this.provider.turns.take(() => OnnxRuntimeSession.open(model, this.provider)),
      this.provider,
    )
  }

  async pull(variables: Iterable<Variable>): Promise<void> {
    const held = [...new Set([...variables].map(stored))].filter((variable) => this.state.has(variable))
    const { download, turns } = this.provider
    if (!download) {
      for (const variable of held) variable.values.set(this.bufferOf(variable).current.data as Float32Array)
      return
    }
    await turns.take(async () => {
      for (const variable of held) variable.values.set(await download(this.bufferOf(variable).current))
    })
  }

  push(variables: Iterable<Variable>): void {
    const { turns } = this.provider
    for (const variable of new Set([...variables].map(stored))) {
      const buffer = this.bufferOf(variable)
      if (turns.idle) {
        buffer.write(variable.values)
        continue
      }
      const values = variable.values.slice()
      turns.take(async () => buffer.write(values))
    }
  }

  /** Gives back the memory of the state, when the runs that were asked for are done. */
  release(): Promise<void> {
    return this.provider.turns.take(async () => {
      for (const buffer of this.state.values()) buffer.release()
      this.state.clear()
    })
  }

  private async openGraph(graph: TracedGraph): Promise<OnnxRuntimeSession> {
    if (this.provider.halves === false) requireNoHalves(graph, this.name)
    return OnnxRuntimeSession.open(lower(graph, await this.provider.passes()), {
      ...this.provider,
      sessionOptions: this.optionsFor(graph),
    })
  }

  private optionsFor(graph: TracedGraph): ort.InferenceSession.SessionOptions {
    const { sessionOptions, refusedOptimizers } = this.provider
    // The runtime rounds constants of half precision as it folds them.
    if (!refusedOptimizers || firstHalf(graph)) return sessionOptions
    const optimization = { disable_specified_optimizers: refusedOptimizers.join(';') }
    return { ...sessionOptions, extra: { ...sessionOptions.extra, optimization } }
  }

  private run(
    session: OnnxRuntimeSession,
    graph: TracedGraph,
    feeds: Feeds,
    accept?: (results: RunResults) => Promise<void>,
  ) {
    return runStep(session, graph, feeds, this.provider.runtime, (variable) => this.bufferOf(variable), accept)
  }

  private bufferOf(variable: Variable): StateBuffer {
    requireStored(variable)
    let buffer = this.state.get(variable)
    if (!buffer) {
      buffer = this.provider.createState(variable)
      this.state.set(variable, buffer)
    }
    return buffer
  }

  /** Refuses results that are not finite. It looks for the operator inside the turn of the run: the state is still that of the run. */
  private finite(graph: TracedGraph, feeds: Feeds) {
    return async ({ outputs, next }: RunResults) => {
      const { download } = this.provider
      for (const [name, values] of Object.entries(outputs))
        await this.requireFinite(`output ${name}`, values, graph, feeds)
      for (const { variable, tensor } of next) {
        const values = download ? await download(tensor) : (tensor.data as Float32Array)
        await this.requireFinite(`new value of ${variable.name}`, values, graph, feeds)
      }
    }
  }

  private async requireFinite(where: string, values: HostArray, graph: TracedGraph, feeds: Feeds): Promise<void> {
    const kind = nonFiniteKind(values)
    if (!kind) return
    const origin = await locateNonFinite(graph, async (probe) => {
      const session = await this.openGraph(probe)
      try {
        return await this.run(session, probe, feeds)
      } finally {
        await session.release()
      }
    })
    throw nonFiniteError(where, kind, origin)
  }
}
