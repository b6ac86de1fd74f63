import { OssatureError } from '../errors.ts'
import { requireAvailable } from './available.ts'
import { REFUSED_OPTIMIZERS } from './cpu/passes.ts'
import { OnnxRuntimeDevice } from './onnxruntime-device.ts'
import { NewestResult } from './onnxruntime-state.ts'
import type { Pass } from './pass.ts'
import { gpuDevice } from './web/gpu-device.ts'
import { GpuDoubleBuffer, gpuMemory } from './web/gpu-memory.ts'
import { loadWebRuntime, type WebRuntimeOptions } from './web/onnxruntime.ts'
import { WASM_PASSES, WEBGPU_PASSES } from './web/passes.ts'

export const DEVICE_NAMES = ['wasm', 'webgpu'] as const
export type DeviceName = (typeof DEVICE_NAMES)[number]

export interface DeviceOptions extends WebRuntimeOptions {
  /** Rewrites applied before a graph is handed to the runtime. */
  readonly passes?: readonly Pass[]
}

/**
 * A device of a browser: `wasm`, which is the CPU, or `webgpu`.
 * @throws OssatureError when the name is unknown, or when the device is not there
 */
export async function createDevice(name: DeviceName, options: DeviceOptions = {}): Promise<OnnxRuntimeDevice> {
  if (!DEVICE_NAMES.includes(name))
    throw new OssatureError('unknown device', { expected: DEVICE_NAMES.join(', '), found: String(name) })
  const { runtime, turns } = await loadWebRuntime(name, options)
  if (name === 'wasm') {
    const device = new OnnxRuntimeDevice({
      name,
      runtime,
      turns,
      passes: async () => options.passes ?? WASM_PASSES,
      refusedOptimizers: REFUSED_OPTIMIZERS,
      createState: (variable) => new NewestResult(variable, runtime),
      sessionOptions: { ...SESSION, executionProviders: ['wasm'] },
    })
    return requireAvailable(device, 'The files of onnxruntime-web must be served where wasmPaths says.')
  }
  const gpu = await gpuDevice()
  const memory = gpuMemory(gpu)
  const device = new OnnxRuntimeDevice({
    name,
    runtime,
    turns,
    passes: async () => options.passes ?? WEBGPU_PASSES,
    createState: (variable) => new GpuDoubleBuffer(variable, runtime, memory),
    download: memory.download,
    halves: gpu.features.has('shader-f16'),
    sessionOptions: { ...SESSION, executionProviders: [{ name: 'webgpu', device: gpu }] },
  })
  return requireAvailable(device, 'The files of onnxruntime-web must be served where wasmPaths says.')
}

const SESSION = { graphOptimizationLevel: 'basic', enableMemPattern: false, logSeverityLevel: 3 } as const
