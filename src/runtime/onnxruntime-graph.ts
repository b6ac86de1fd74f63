import { type Tensor, type TracedGraph, writeOnnx } from '../tensor/index.ts'
import type { Pass } from './pass.ts'

/** Names of a traced graph's values in the ONNX graph that a device runs. */
export const inputName = (name: string) => `input ${name}`
export const outputName = (name: string) => `output ${name}`
export const stateName = (index: number) => `state ${index}`
export const nextName = (index: number) => `next ${index}`

/** A traced graph as ONNX bytes, after the passes; state comes in and goes out as further inputs and outputs. */
export function lower(graph: TracedGraph, passes: readonly Pass[]): Uint8Array {
  const updates = graph.state.flatMap(({ next }, i) => (next ? [{ name: nextName(i), tensor: next }] : []))
  const outputs = [...graph.outputs.map(({ name, tensor }) => ({ name: outputName(name), tensor })), ...updates]
  const lowered = passes.reduce<readonly Tensor[]>(
    (roots, pass) => pass.apply(roots),
    outputs.map(({ tensor }) => tensor),
  )
  return writeOnnx({
    inputs: [
      ...graph.inputs.map(({ name, tensor }) => ({ name: inputName(name), tensor })),
      ...graph.state.map(({ current }, i) => ({ name: stateName(i), tensor: current })),
    ],
    outputs: outputs.map(({ name }, i) => ({ name, tensor: lowered[i] })),
  })
}
