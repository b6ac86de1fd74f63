import { describe, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import * as node from '../../src/runtime/node.ts'
import type { OnnxRuntimeDevice } from '../../src/runtime/onnxruntime-device.ts'
import * as web from '../../src/runtime/web.ts'
import { DEVICE_CASES } from './device-suite.ts'

// onnxruntime-web runs in Node.js as well, without WebGPU.
const DEVICES: readonly (readonly [string, () => Promise<OnnxRuntimeDevice>])[] = [
  ['cpu', () => node.createDevice('cpu', { threads: 1 })],
  ['wasm', () => web.createDevice('wasm', { threads: 1 })],
  ['webgpu', () => node.createDevice('webgpu')],
  ['cuda', () => node.createDevice('cuda')],
]

for (const [name, create] of DEVICES) {
  const missing = await create().then(
    () => '',
    (error: unknown) => {
      if (!(error instanceof OssatureError)) throw error
      return error.details.found ?? error.message
    },
  )
  describe.skipIf(missing)(missing ? `${name}: not available: ${missing}` : name, () => {
    for (const { title, except, run } of DEVICE_CASES) {
      it.skipIf(except?.includes(name))(title, async () => {
        const device = await create()
        await run(device)
        await device.release()
      })
    }
  })
}
