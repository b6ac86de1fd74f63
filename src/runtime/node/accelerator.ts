import type * as ort from 'onnxruntime-common'
import { requireAvailable, unavailable } from '../available.ts'
import { onnxRuntime } from '../cpu/onnxruntime.ts'
import { OnnxRuntimeDevice } from '../onnxruntime-device.ts'
import { DoubleBuffer } from '../onnxruntime-state.ts'
import { type Pass, SIMPLIFY } from '../pass.ts'
import { Turns } from '../turns.ts'
import { findCudaLibrary } from './cuda-library.ts'

export interface AcceleratorOptions {
  readonly deviceId?: number
  readonly passes?: readonly Pass[]
}

const HINTS = {
  webgpu: 'It needs a GPU with a driver for Vulkan, Metal or Direct3D 12. The device cpu is always there.',
  cuda:
    'It needs Linux on x64, an NVIDIA GPU, CUDA 12 with cuDNN 9, and the libraries that the install script of\n' +
    '  onnxruntime-node downloads (npm rebuild onnxruntime-node --ignore-scripts=false,\n  without onnxruntime-node-install=skip in .npmrc).',
} as const

/**
 * A GPU by a provider of ONNX Runtime in this process. The state lies in the memory of the process, and the runtime
 * copies it to the GPU and back in every run.
 * @throws OssatureError when the provider or the GPU is not there
 */
export async function acceleratorDevice(
  name: keyof typeof HINTS,
  { deviceId = 0, passes = [SIMPLIFY] }: AcceleratorOptions,
): Promise<OnnxRuntimeDevice> {
  const runtime = onnxRuntime()
  // The runtime writes lines of its own to the terminal when the library is not there.
  if (name === 'cuda' && !findCudaLibrary()) throw unavailable(name, 'no library of the CUDA provider', HINTS.cuda)
  const provider: ort.InferenceSession.ExecutionProviderConfig = name === 'cuda' ? { name, deviceId } : { name }
  const device = new OnnxRuntimeDevice({
    name,
    runtime,
    passes: async () => passes,
    turns: new Turns(),
    createState: (variable) => new DoubleBuffer(variable, runtime),
    sessionOptions: {
      executionProviders: [provider],
      graphOptimizationLevel: 'basic',
      enableMemPattern: false,
      logSeverityLevel: 3,
    },
  })
  return requireAvailable(device, HINTS[name])
}
