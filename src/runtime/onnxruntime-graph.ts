import { OssatureError } from '../errors.ts'
import { givesHalves } from '../tensor/element-type.ts'
import { type Node, type Tensor, type TracedGraph, writeOnnx } from '../tensor/index.ts'
import { nodesOf } from '../tensor/passes/rewrite.ts'
import type { Pass } from './pass.ts'

/** Names of a traced graph's values in the ONNX graph that a device runs. */
export const inputName = (name: string) => `input ${name}`
export const outputName = (name: string) => `output ${name}`
export const stateName = (index: number) => `state ${index}`
export const nextName = (index: number) => `next ${index}`

/**
 * A traced graph as ONNX bytes, after the passes; state comes in and goes out as further inputs and outputs.
 * @throws OssatureError for inputs and outputs of a type that no host array holds
 */
export function lower(graph: TracedGraph, passes: readonly Pass[]): Uint8Array {
  requireHostTypes(graph)
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

/** The first node of the graph that gives f16. */
export function firstHalf({ outputs, state }: TracedGraph): Node | undefined {
  const roots = [...outputs.map(({ tensor }) => tensor), ...state.flatMap(({ next }) => next ?? [])]
  return nodesOf(roots).find(givesHalves)
}

/** @throws OssatureError when the graph computes with f16 */
export function requireNoHalves(graph: TracedGraph, device: string): void {
  const half = firstHalf(graph)
  if (!half) return
  throw new OssatureError('this device does not compute in half precision', {
    where: device,
    expected: 'f32, i32, i64 and bool',
    found: `${half.outputs[0]} in ${half.scope || 'the graph itself'}`,
    hint: "Leave out the casts to f16, or take another device: 'cpu' and 'wasm' have f16.",
  })
}

function requireHostTypes({ inputs, outputs }: TracedGraph): void {
  for (const { name, tensor } of [...inputs, ...outputs]) {
    if (tensor.dtype === 'f32' || tensor.dtype === 'i32') continue
    throw new OssatureError('a step cannot be fed or give a tensor of this type', {
      where: name,
      expected: 'f32 or i32',
      found: String(tensor),
      hint: "Cast it in the graph: cast(tensor, 'i32').",
    })
  }
}
