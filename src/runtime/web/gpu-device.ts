import { unavailable } from '../available.ts'

const HINT = 'It needs a browser with WebGPU, a GPU that the browser accepts, and a page from https or localhost.'

/** What the shaders of ONNX Runtime may use of a GPU. */
const LIMITS = [
  'maxBindGroups',
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
] as const satisfies readonly (keyof GPUSupportedLimits)[]

const FEATURES: readonly GPUFeatureName[] = ['shader-f16', 'subgroups']

let opened: Promise<GPUDevice> | undefined

/**
 * The GPU of this page, with all that it can do. All devices of the page share it; it is asked for again when it was lost.
 * @throws OssatureError when there is none, or it cannot be opened
 */
export function gpuDevice(): Promise<GPUDevice> {
  if (!opened) {
    opened = request()
    const forget = () => {
      opened = undefined
    }
    opened.then(({ lost }) => lost.then(forget), forget)
  }
  return opened
}

async function request(): Promise<GPUDevice> {
  const gpu = globalThis.navigator?.gpu
  if (!gpu) throw unavailable('webgpu', 'no navigator.gpu', HINT)
  const adapter = await gpu.requestAdapter()
  if (!adapter) throw unavailable('webgpu', 'no adapter', HINT)
  try {
    return await adapter.requestDevice({
      requiredFeatures: FEATURES.filter((name) => adapter.features.has(name)),
      requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
    })
  } catch (error) {
    throw unavailable('webgpu', error instanceof Error ? error.message : String(error), HINT)
  }
}
