import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Path of ONNX Runtime's CUDA provider, where the install script of `onnxruntime-node` put it. */
export function findCudaLibrary(): string | undefined {
  const root = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
  const folders = readdirSync(join(root, 'bin')).map((version) =>
    join(root, 'bin', version, process.platform, process.arch),
  )
  return folders.map((folder) => join(folder, 'libonnxruntime_providers_cuda.so')).find((path) => existsSync(path))
}
