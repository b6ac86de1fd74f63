import type { TracedGraph, Variable } from '../tensor/index.ts'

/** Values that a step is fed or gives. */
export type HostArray = Float32Array | Int32Array

/** A traced graph, ready to run on a device. */
export interface CompiledStep {
  /**
   * Runs once: reads the fed inputs and the device's state, leaves the new state on the device, gives the outputs.
   * A run that fails leaves the state as it was.
   */
  run(feeds: Readonly<Record<string, HostArray>>): Promise<Record<string, HostArray>>
  release(): Promise<void>
}

/** A place where steps run. It keeps the current values of the variables between steps. */
export interface Device {
  readonly name: string
  compile(graph: TracedGraph): Promise<CompiledStep>
  /** Copies the device's values of these variables into `variable.values`. */
  pull(variables: Iterable<Variable>): void
  /** Makes `variable.values` the device's values. */
  push(variables: Iterable<Variable>): void
}
