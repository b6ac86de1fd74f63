import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { basename, dirname, extname, join } from 'node:path'
import { build } from 'esbuild'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
}

const HTML = `<!doctype html>
<script type="importmap">{ "imports": {
  "onnxruntime-web/wasm": "/onnxruntime-web/ort.wasm.min.mjs",
  "onnxruntime-web/webgpu": "/onnxruntime-web/ort.webgpu.min.mjs"
} }</script>
<script type="module" src="/page.js"></script>`

const runtimeFolder = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'))

/** Serves a module as a page that is cross-origin isolated, with onnxruntime-web beside it, on a free port. */
export async function servePage(entry: string): Promise<{ url: string; close(): void }> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    write: false,
    external: ['onnxruntime-web'],
  })
  const read = (path: string): string | Uint8Array | undefined => {
    if (path === '/index.html') return HTML
    if (path === '/page.js') return outputFiles[0].contents
    if (path.startsWith('/onnxruntime-web/')) return readFileSync(join(runtimeFolder, basename(path)))
    return undefined
  }
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '')
    const body = read(path)
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}
