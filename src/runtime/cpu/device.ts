import type * as ort from 'onnxruntime-node'
import { OssatureError } from '../../errors.ts'
import {
  type DataType,
  type Shape,
  sizeOf,
  stored,
  type TracedGraph,
  type Variable,
  writeOnnx,
} from '../../tensor/index.ts'
import type { CompiledStep, Device, HostArray } from '../device.ts'
import { blockSize } from './block-size.ts'
import { type OnnxRuntime, onnxRuntime } from './onnxruntime.ts'
import { cpuPasses, type Pass } from './passes.ts'

export interface CpuOptions {
  /** Threads inside one operator; 0 lets the runtime take one per core. */
  readonly threads?: number
  /**
   * Let threads that wait for work spin instead of sleep, false by default. Faster where the process has the machine to
   * itself; on a shared machine a spinning thread starves everyone, itself included.
   */
  readonly spinning?: boolean
  /** Rewrites applied before a graph is handed to the runtime. */
  readonly passes?: readonly Pass[]
  /** Folder and prefix of an operator profile to write, for `npm run bench`. */
  readonly profile?: string
}

/** The CPU provider of ONNX Runtime in this process. */
export class CpuDevice implements Device {
  readonly name = 'cpu'
  readonly runtime: OnnxRuntime
  private readonly options: CpuOptions
  private readonly state = new Map<Variable, StateBuffer>()
  private lastJob: Promise<unknown> = Promise.resolve()

  /** @throws OssatureError when ONNX Runtime is missing or broken */
  constructor(options: CpuOptions = {}) {
    this.options = options
    this.runtime = onnxRuntime()
  }

  async compile(graph: TracedGraph): Promise<CompiledStep> {
    const updates = graph.state.filter((entry) => entry.next)
    const roots = [...graph.outputs.map(({ tensor }) => tensor), ...updates.map((entry) => entry.next!)]
    const passes = this.options.passes ?? cpuPasses(await blockSize(this.runtime))
    const lowered = passes.reduce((tensors, pass) => pass.apply(tensors), roots as readonly (typeof roots)[0][])
    const bytes = writeOnnx({
      inputs: [
        ...graph.inputs.map(({ name, tensor }) => ({ name: `input ${name}`, tensor })),
        ...graph.state.map((entry, i) => ({ name: `state ${i}`, tensor: entry.current })),
      ],
      outputs: [
        ...graph.outputs.map(({ name }, i) => ({ name: `output ${name}`, tensor: lowered[i] })),
        ...updates.map((entry, i) => ({
          name: `next ${graph.state.indexOf(entry)}`,
          tensor: lowered[graph.outputs.length + i],
        })),
      ],
    })
    const session = await this.open(bytes)
    return new CpuStep(session, graph, this)
  }

  private open(bytes: Uint8Array): Promise<ort.InferenceSession> {
    const { threads = 0, spinning = false, profile } = this.options
    return this.runtime.InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      // The passes above did what the runtime's optimiser could, and its own fusions assume constant weights.
      graphOptimizationLevel: 'basic',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Same speed, and 40 % less memory at the peak.
      enableMemPattern: false,
      // Denormal numbers, as in a decaying momentum, are taken for zero: arithmetic on them is many times slower.
      extra: { session: { set_denormal_as_zero: '1', intra_op: { allow_spinning: spinning ? '1' : '0' } } },
      enableProfiling: profile !== undefined,
      profileFilePrefix: profile,
      logSeverityLevel: 3,
    })
  }

  /** Runs a job when those before it are done: two runs at once would write one state buffer. */
  inTurn<R>(job: () => Promise<R>): Promise<R> {
    const result = this.lastJob.then(job, job)
    this.lastJob = result
    return result
  }

  /** The two buffers of a variable: the current values and the ones the next run writes. */
  buffer(variable: Variable): StateBuffer {
    let buffer = this.state.get(variable)
    if (!buffer) {
      buffer = new StateBuffer(variable, this.runtime)
      this.state.set(variable, buffer)
    }
    return buffer
  }

  pull(variables: Iterable<Variable>): void {
    for (const variable of new Set([...variables].map(stored))) {
      const buffer = this.state.get(variable)
      if (buffer) variable.values.set(buffer.values)
    }
  }

  push(variables: Iterable<Variable>): void {
    for (const variable of new Set([...variables].map(stored))) this.buffer(variable).values.set(variable.values)
  }
}

/** Current and next values of a variable. The runtime writes the next ones, then the two change places. */
class StateBuffer {
  private front: ort.Tensor
  private back: ort.Tensor

  constructor(variable: Variable, { Tensor }: OnnxRuntime) {
    this.front = new Tensor('float32', variable.values.slice(), variable.shape)
    this.back = new Tensor('float32', new Float32Array(variable.values.length), variable.shape)
  }

  get current(): ort.Tensor {
    return this.front
  }

  get next(): ort.Tensor {
    return this.back
  }

  get values(): Float32Array {
    return this.front.data as Float32Array
  }

  swap(): void {
    ;[this.front, this.back] = [this.back, this.front]
  }
}

class CpuStep implements CompiledStep {
  private readonly session: ort.InferenceSession
  private readonly graph: TracedGraph
  private readonly device: CpuDevice

  constructor(session: ort.InferenceSession, graph: TracedGraph, device: CpuDevice) {
    this.session = session
    this.graph = graph
    this.device = device
  }

  run(feeds: Readonly<Record<string, HostArray>>): Promise<Record<string, HostArray>> {
    return this.device.inTurn(() => this.runNow(feeds))
  }

  private async runNow(feeds: Readonly<Record<string, HostArray>>): Promise<Record<string, HostArray>> {
    const { inputs, outputs, state } = this.graph
    const fed: Record<string, ort.Tensor> = {}
    for (const { name, tensor } of inputs)
      fed[`input ${name}`] = toTensor(this.device.runtime, name, feeds[name], tensor.dtype, tensor.shape)
    const fetched: Record<string, ort.Tensor | null> = {}
    for (const { name } of outputs) fetched[`output ${name}`] = null
    const buffers = state.map((entry) => this.device.buffer(entry.variable))
    state.forEach((entry, i) => {
      fed[`state ${i}`] = buffers[i].current
      if (entry.next) fetched[`next ${i}`] = buffers[i].next
    })
    const results = await this.session.run(fed, fetched)
    state.forEach((entry, i) => {
      if (entry.next) buffers[i].swap()
    })
    return Object.fromEntries(outputs.map(({ name }) => [name, results[`output ${name}`].data as HostArray]))
  }

  async release(): Promise<void> {
    await this.session.release()
  }
}

const ELEMENT_TYPES = { f32: 'float32', i32: 'int32', i64: 'int64', bool: 'bool' } as const

function toTensor(
  runtime: OnnxRuntime,
  name: string,
  data: HostArray | undefined,
  dtype: DataType,
  shape: Shape,
): ort.Tensor {
  if (data === undefined) throw new OssatureError(`the step was not given its input ${name}`, { where: 'run' })
  const fits = dtype === 'f32' ? data instanceof Float32Array : data instanceof Int32Array
  if (!fits || data.length !== sizeOf(shape)) {
    throw new OssatureError('the step was given an input of the wrong type or size', {
      where: name,
      expected: `${dtype}[${shape.join(', ')}], ${sizeOf(shape)} values`,
      found: `${data.constructor.name} with ${data.length} values`,
    })
  }
  return new runtime.Tensor(ELEMENT_TYPES[dtype] as 'float32', data as Float32Array, shape)
}
