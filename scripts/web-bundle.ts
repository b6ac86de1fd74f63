import { fileURLToPath } from 'node:url'
import type { BuildOptions } from 'esbuild'

/** How `ossature/web` becomes one file for pages; onnxruntime-web stays outside. */
export const WEB_BUNDLE = {
  entryPoints: [fileURLToPath(new URL('../src/web/index.ts', import.meta.url))],
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  // An error that nobody catches prints its line.
  lineLimit: 120,
  external: ['onnxruntime-web'],
} as const satisfies BuildOptions
