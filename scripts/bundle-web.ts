import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { WEB_BUNDLE } from './web-bundle.ts'

await build({ ...WEB_BUNDLE, outfile: fileURLToPath(new URL('../dist/web.js', import.meta.url)), sourcemap: true })
