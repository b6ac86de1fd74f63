import { onnxRuntime } from '../cpu/onnxruntime.ts'
import type { ForeignAnswer, ForeignRequest, ForeignTensor } from './messages.ts'

/** The child process of `runForeignOnnx`: opens one model, runs it once, answers. */
process.once('message', (request: ForeignRequest) => {
  answer(request).then((message) => process.send!(message, () => process.disconnect()))
})

async function answer({ path, feeds, threads }: ForeignRequest): Promise<ForeignAnswer> {
  try {
    const { InferenceSession, Tensor } = onnxRuntime()
    const session = await InferenceSession.create(path, { intraOpNumThreads: threads, logSeverityLevel: 4 })
    const fed = Object.entries(feeds).map(([name, { type, shape, data }]) => [
      name,
      // biome-ignore lint/suspicious/noExplicitAny: the type belongs to the data, which the runtime checks
      new Tensor(type as any, data as any, shape),
    ])
    const outputs: Record<string, ForeignTensor> = {}
    // The runtime hands out tensors only.
    const wanted = session.outputMetadata.flatMap(({ name, isTensor }) => (isTensor ? [name] : []))
    for (const [name, { type, dims, data }] of Object.entries(await session.run(Object.fromEntries(fed), wanted))) {
      outputs[name] = { type, shape: dims, data: data as ForeignTensor['data'] }
    }
    return { outputs }
  } catch (error) {
    return { failure: String((error as Error)?.message ?? error).split('\n')[0] }
  }
}
