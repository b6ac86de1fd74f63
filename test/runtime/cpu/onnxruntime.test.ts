import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { loadOnnxRuntime, onnxRuntime } from '../../../src/runtime/cpu/onnxruntime.ts'

/** Messages as Node 20 gives them. */
const FAILURES: readonly (readonly [string, string, string, string])[] = [
  [
    'the package is missing',
    'MODULE_NOT_FOUND',
    "Cannot find module 'onnxruntime-node'\nRequire stack:\n- /app/node_modules/ossature/dist/runtime/cpu/onnxruntime.js",
    'the package onnxruntime-node is not installed',
  ],
  [
    'its native binding is missing',
    'MODULE_NOT_FOUND',
    "Cannot find module '../bin/napi-v6/linux/x64/onnxruntime_binding.node'\nRequire stack:\n- /app/binding.js",
    `${process.platform} ${process.arch}: onnxruntime-node has no binding for this platform`,
  ],
  [
    'a library of the binding is missing',
    'ERR_DLOPEN_FAILED',
    'libonnxruntime.so.1: cannot open shared object file: No such file or directory',
    `${process.platform} ${process.arch}: onnxruntime-node cannot be loaded`,
  ],
  [
    'a package that it needs is missing',
    'MODULE_NOT_FOUND',
    "Cannot find module 'onnxruntime-common'\nRequire stack:\n- /app/node_modules/onnxruntime-node/dist/index.js",
    `${process.platform} ${process.arch}: onnxruntime-node cannot be loaded`,
  ],
]

describe('ONNX Runtime', () => {
  it('is loaded once', () => {
    expect(onnxRuntime().InferenceSession).toBeTypeOf('function')
    expect(onnxRuntime()).toBe(onnxRuntime())
  })

  it('is asked for by its name', () => {
    const module = { InferenceSession: {} }
    expect(loadOnnxRuntime((name) => (name === 'onnxruntime-node' ? module : undefined))).toBe(module)
  })

  it.each(FAILURES)('that does not load, because %s, says what to do', (_, code, text, what) => {
    const load = () => {
      throw Object.assign(new Error(text), { code })
    }
    let failure: unknown
    try {
      loadOnnxRuntime(load)
    } catch (error) {
      failure = error
    }
    expect(failure).toBeInstanceOf(OssatureError)
    const { message } = failure as OssatureError
    expect(message.split('\n')[0]).toBe(what)
    expect(message).toContain(`found:    ${text.split('\n')[0]}\n`)
    expect(message).toContain('onnxruntime-node-install=skip into the .npmrc of your project')
    expect(message).toContain('npm install onnxruntime-node')
  })
})
