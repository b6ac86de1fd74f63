import { createRequire } from 'node:module'
import { OssatureError } from '../../errors.ts'

/** The module `onnxruntime-node`. */
export type OnnxRuntime = typeof import('onnxruntime-node')

const NAME = 'onnxruntime-node'

/**
 * Denormal numbers, as in a decaying momentum or behind a saturated softmax, are taken for zero: arithmetic on them is
 * hundreds of times slower. For the thread that calls the runtime the first session of a process decides, so all have it;
 * arithmetic of JavaScript on that thread then does the same.
 */
export const DENORMALS_AS_ZERO = { set_denormal_as_zero: '1' } as const

let loaded: OnnxRuntime | undefined

/**
 * ONNX Runtime for Node.js, loaded when it is first needed: commands that compute nothing work without it.
 * @throws OssatureError saying what to do when the package or its native binding is missing or broken
 */
export function onnxRuntime(): OnnxRuntime {
  loaded ??= loadOnnxRuntime(createRequire(import.meta.url))
  return loaded
}

/** @param load what loads a module by its name; tests pass one that fails */
export function loadOnnxRuntime(load: (name: string) => unknown): OnnxRuntime {
  try {
    return load(NAME) as OnnxRuntime
  } catch (error) {
    throw loadFailure(error as NodeJS.ErrnoException)
  }
}

// The package's install script downloads CUDA libraries, and the installation fails where it cannot. The binding for
// the CPU is part of the package itself and needs no script.
const HINT =
  `Put the line ${NAME}-install=skip into the .npmrc of your project and run: npm install ${NAME}\n` +
  '  (the line leaves out a download of CUDA libraries, which the CPU does not need).'

/** What version 1.30 comes with. */
const BINDINGS = 'linux x64 or arm64, darwin arm64, win32 x64 or arm64'

function loadFailure(error: NodeJS.ErrnoException): OssatureError {
  const found = `${error?.message ?? error}`.split('\n')[0]
  const details = { found, hint: HINT }
  const platform = `${process.platform} ${process.arch}`
  if (error?.code === 'MODULE_NOT_FOUND' && found.includes('onnxruntime_binding'))
    return new OssatureError(`${NAME} has no binding for this platform`, {
      where: platform,
      expected: BINDINGS,
      ...details,
    })
  if (error?.code === 'MODULE_NOT_FOUND' && found.includes(`'${NAME}'`))
    return new OssatureError(`the package ${NAME} is not installed`, details)
  return new OssatureError(`${NAME} cannot be loaded`, { where: platform, ...details })
}
