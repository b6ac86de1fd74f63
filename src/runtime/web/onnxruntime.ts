import type * as ort from 'onnxruntime-common'
import { OssatureError } from '../../errors.ts'
import { Turns } from '../turns.ts'

/** All devices of one kind in a page have the options of the first. */
export interface WebRuntimeOptions {
  /** Where the browser finds the `.wasm` and `.mjs` files of onnxruntime-web: a folder's address, or one of each file. */
  readonly wasmPaths?: ort.Env.WasmPrefixOrFilePaths
  /** Threads inside one operator; 0 leaves it to the runtime. More than one needs a page that is cross-origin isolated. */
  readonly threads?: number
}

/** The module `onnxruntime-web`. */
export type WebRuntime = typeof import('onnxruntime-web')

interface Loaded {
  readonly runtime: WebRuntime
  /** The runtime is one program with one thread of calls: sessions of one page must not run at once. */
  readonly turns: Turns
}

// Two builds: the one with WebGPU is twice as large.
const LOADERS = {
  wasm: () => import('onnxruntime-web/wasm'),
  webgpu: () => import('onnxruntime-web/webgpu'),
} as const

const loaded = new Map<string, Promise<Loaded>>()

/**
 * ONNX Runtime for the browser, loaded when it is first needed.
 * @throws OssatureError when the package cannot be loaded
 */
export function loadWebRuntime(name: keyof typeof LOADERS, options: WebRuntimeOptions): Promise<Loaded> {
  let promise = loaded.get(name)
  if (!promise) {
    promise = load(name, options)
    loaded.set(name, promise)
    promise.catch(() => loaded.delete(name))
  }
  return promise
}

async function load(name: keyof typeof LOADERS, { wasmPaths, threads }: WebRuntimeOptions): Promise<Loaded> {
  let runtime: WebRuntime
  try {
    runtime = await LOADERS[name]()
  } catch (error) {
    throw new OssatureError('the package onnxruntime-web cannot be loaded', {
      found: error instanceof Error ? error.message : String(error),
      hint: 'Install it beside ossature: npm install onnxruntime-web',
    })
  }
  if (wasmPaths !== undefined) runtime.env.wasm.wasmPaths = wasmPaths
  if (threads) runtime.env.wasm.numThreads = threads
  return { runtime, turns: new Turns() }
}
