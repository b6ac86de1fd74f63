import { gzipSync } from 'node:zlib'
import { build, type OutputFile } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { WEB_BUNDLE } from '../../scripts/web-bundle.ts'

describe('the bundle for web pages', () => {
  let file: OutputFile
  let imports: string[]

  beforeAll(async () => {
    const { outputFiles, metafile } = await build({ ...WEB_BUNDLE, write: false, metafile: true })
    file = outputFiles[0]
    imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path))
  })

  it('is small: less than 150 kB gzipped', () => {
    expect(gzipSync(file.contents).length).toBeLessThan(150_000)
  })

  it('has short lines, since an error that nobody catches prints its line', () => {
    const lengths = file.text.split('\n').map((line) => line.length)
    expect(Math.max(...lengths)).toBeLessThan(1000)
  })

  it('needs onnxruntime-web, and nothing of Node.js', () => {
    expect(new Set(imports)).toEqual(new Set(['onnxruntime-web/wasm', 'onnxruntime-web/webgpu']))
    expect(file.text).not.toMatch(/["']node:/)
  })
})
