import type * as ort from 'onnxruntime-common'
import type { TracedGraph, Variable } from '../tensor/index.ts'
import type { HostArray } from './device.ts'
import { inputName, nextName, outputName, stateName } from './onnxruntime-graph.ts'
import type { OnnxRuntimeSession } from './onnxruntime-session.ts'
import type { StateBuffer } from './onnxruntime-state.ts'
import { fedTensor, type OnnxRuntime } from './onnxruntime-tensor.ts'

/** Values that a run leaves behind, before they are the state. */
export interface RunResults {
  readonly outputs: Readonly<Record<string, HostArray>>
  readonly next: readonly { readonly variable: Variable; readonly tensor: ort.Tensor }[]
}

/**
 * Runs a traced graph once in its session.
 * @param bufferOf where the device keeps a variable
 * @param accept looks at the results before they become the state; throws to leave the state as it was
 */
export async function runStep(
  session: OnnxRuntimeSession,
  graph: TracedGraph,
  feeds: Readonly<Record<string, HostArray>>,
  runtime: OnnxRuntime,
  bufferOf: (variable: Variable) => StateBuffer,
  accept?: (results: RunResults) => Promise<void>,
): Promise<Record<string, HostArray>> {
  const fed: Record<string, ort.Tensor> = {}
  for (const { name, tensor } of graph.inputs)
    fed[inputName(name)] = fedTensor(runtime, { name, dtype: tensor.dtype, shape: tensor.shape }, feeds[name])
  const fetched: Record<string, ort.Tensor | null> = {}
  for (const { name } of graph.outputs) fetched[outputName(name)] = null
  const buffers = graph.state.map(({ variable }) => bufferOf(variable))
  graph.state.forEach(({ next }, i) => {
    fed[stateName(i)] = buffers[i].current
    if (next) fetched[nextName(i)] = buffers[i].next
  })
  const results = await session.run(fed, fetched)
  const outputs = Object.fromEntries(
    graph.outputs.map(({ name }) => [name, results[outputName(name)].data as HostArray]),
  )
  const updated = graph.state.flatMap(({ variable, next }, i) =>
    next ? [{ variable, buffer: buffers[i], tensor: results[nextName(i)] }] : [],
  )
  await accept?.({ outputs, next: updated })
  for (const { buffer, tensor } of updated) buffer.advance(tensor)
  return outputs
}
