import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'

const root = new URL('../', import.meta.url)

/** How `ossature/web` becomes one file for pages; onnxruntime-web stays outside. */
export const WEB_BUNDLE = {
  entryPoints: [fileURLToPath(new URL('src/web/index.ts', root))],
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  external: ['onnxruntime-web'],
} as const satisfies BuildOptions

if (process.argv[1] === fileURLToPath(import.meta.url))
  await build({ ...WEB_BUNDLE, outfile: fileURLToPath(new URL('dist/web.js', root)), sourcemap: true })
