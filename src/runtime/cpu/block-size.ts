import { apply, f32, trace, writeOnnx } from '../../tensor/index.ts'
import { DENORMALS_AS_ZERO, type OnnxRuntime } from './onnxruntime.ts'
import './operators.ts'

const CHANNELS = 64

let measured: Promise<number> | undefined

/**
 * Channels per block of the runtime's blocked layout on this processor (16 with AVX-512, 8 with AVX), or 0 where it has
 * none. It is found by reordering a tensor that counts: the runtime does not tell.
 */
export function blockSize(runtime: OnnxRuntime): Promise<number> {
  // A build without these kernels refuses the graph: then there is no blocked layout.
  measured ??= measure(runtime).catch(() => 0)
  return measured
}

async function measure({ InferenceSession, Tensor }: OnnxRuntime): Promise<number> {
  const graph = trace({ x: f32(1, CHANNELS, 1, 2) }, ({ x }) => ({ y: apply('ReorderInput', [x]) }))
  const extra = { session: DENORMALS_AS_ZERO }
  const session = await InferenceSession.create(writeOnnx(graph), { logSeverityLevel: 4, extra })
  try {
    // x[channel, position] = 2 * channel + position; in blocks of b, position 1 of channel 0 stands behind b channels.
    const counting = Float32Array.from({ length: 2 * CHANNELS }, (_, i) => i)
    const { y } = await session.run({ x: new Tensor('float32', counting, [1, CHANNELS, 1, 2]) })
    const block = (y.data as Float32Array).indexOf(1)
    return block > 1 ? block : 0
  } finally {
    await session.release()
  }
}
