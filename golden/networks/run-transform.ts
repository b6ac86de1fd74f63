import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import type { HostArray } from '../../src/runtime/device.ts'
import { type Tensor, type TensorType, trace } from '../../src/tensor/index.ts'
import type { Values } from '../adapter.ts'

/** Traces a function of tensors without state and runs it once on the CPU. */
export async function runTransform<I extends Record<string, TensorType>>(
  inputs: I,
  feeds: Readonly<Record<keyof I & string, HostArray>>,
  body: (tensors: { readonly [K in keyof I]: Tensor }) => Tensor,
): Promise<Values> {
  const graph = trace(inputs, (tensors) => ({ output: body(tensors) }))
  const step = await new CpuDevice({ threads: 1 }).compile(graph)
  const { output } = await step.run(feeds)
  await step.release()
  return { data: output as Float32Array, shape: graph.outputs[0].tensor.shape }
}
