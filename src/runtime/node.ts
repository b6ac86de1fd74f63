import { OssatureError } from '../errors.ts'
import { CpuDevice, type CpuOptions } from './cpu/device.ts'
import { acceleratorDevice } from './node/accelerator.ts'
import type { OnnxRuntimeDevice } from './onnxruntime-device.ts'

export const DEVICE_NAMES = ['cpu', 'webgpu', 'cuda'] as const
export type DeviceName = (typeof DEVICE_NAMES)[number]

/** `passes` is for every device; `threads`, `spinning` and `profile` are for `cpu`. */
export interface DeviceOptions extends CpuOptions {
  /** Which of several GPUs, 0 by default; for `cuda`. */
  readonly deviceId?: number
}

/**
 * A device of this computer: `cpu`, or a GPU by `webgpu` or `cuda`, which is tried before it is given.
 * @throws OssatureError when the name is unknown, or when the device is not there
 */
export async function createDevice(name: DeviceName, options: DeviceOptions = {}): Promise<OnnxRuntimeDevice> {
  switch (name) {
    case 'cpu':
      return new CpuDevice(options)
    case 'webgpu':
    case 'cuda':
      return acceleratorDevice(name, options)
    default:
      throw new OssatureError('unknown device', { expected: DEVICE_NAMES.join(', '), found: String(name) })
  }
}
