import { CPU_PASSES } from '../cpu/passes.ts'
import { type Pass, SIMPLIFY } from '../pass.ts'
import { splitWide } from './split-wide.ts'

/** The build for WebAssembly has the operators that the passes of the CPU introduce. */
export const WASM_PASSES: readonly Pass[] = CPU_PASSES

export const WEBGPU_PASSES: readonly Pass[] = [SIMPLIFY, { name: 'split-wide', apply: splitWide }]
