import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import { type TracedGraph, Variable } from '../../src/tensor/index.ts'

/** A parameter with these values; one axis where no shape is given. */
export function variableOf(
  name: string,
  values: readonly number[],
  shape: readonly number[] = [values.length],
): Variable {
  return new Variable(name, 'parameter', shape, Float32Array.from(values))
}

/** Runs a graph without inputs `times` times and copies the state back. */
export async function runSteps(
  graph: TracedGraph,
  variables: readonly Variable[],
  times = 1,
): Promise<Record<string, number[]>> {
  const device = new CpuDevice({ threads: 1 })
  const compiled = await device.compile(graph)
  let outputs = {}
  for (let i = 0; i < times; i++) outputs = await compiled.run({})
  await compiled.release()
  device.pull(variables)
  return Object.fromEntries(Object.entries(outputs).map(([name, data]) => [name, Array.from(data as Float32Array)]))
}
