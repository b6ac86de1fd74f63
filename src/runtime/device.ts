import type { TracedGraph, Variable } from '../tensor/index.ts'

/** Values that a step is fed or gives, row-major: of f32 tensors and of i32 tensors. */
export type HostArray = Float32Array | Int32Array

export interface CompileOptions {
  /**
   * Refuse a run whose outputs or new state are not all finite, with an error that names the operator where that
   * begins; false by default. Costs a look at every value that a run leaves behind.
   */
  readonly checkFinite?: boolean
}

/** A traced graph, ready to run on a device. */
export interface CompiledStep {
  /**
   * Runs once: reads the fed inputs and the device's state, leaves the new state on the device, gives the outputs.
   * A run that fails leaves the state as it was. Runs wait for each other; the fed arrays have to stay as they are until
   * theirs is done.
   * @throws OssatureError when an input is missing or of another type or size, or the run fails
   */
  run(feeds: Readonly<Record<string, HostArray>>): Promise<Record<string, HostArray>>
  /** Gives back what the step holds; the state stays on the device. Runs fail afterwards. */
  release(): Promise<void>
}

/** A place where steps run. It keeps the current values of the variables between steps. */
export interface Device {
  readonly name: string
  /**
   * Makes a traced graph ready to run.
   * @throws OssatureError when the device cannot take the graph
   */
  compile(graph: TracedGraph, options?: CompileOptions): Promise<CompiledStep>
  /**
   * Copies the device's values of these variables into `variable.values`. Where the state lies in the memory of this
   * process, as on `cpu`, it is there when the call returns.
   */
  pull(variables: Iterable<Variable>): Promise<void>
  /** Makes `variable.values` the device's values, for all runs that are started later. */
  push(variables: Iterable<Variable>): void
}
