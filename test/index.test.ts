import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../', import.meta.url)
const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  exports: Record<string, { types: string; default: string }>
}

/** Entries that are one file of everything they need, beside the files with their types. */
const BUNDLES: Readonly<Record<string, string>> = { './web': './dist/web.js' }

test.each(Object.entries(exports))('the entry %s of the package is built from a source file', (entry, paths) => {
  const source = paths.types.replace('./dist/', 'src/').replace(/\.d\.ts$/, '.ts')
  expect(existsSync(new URL(source, root))).toBe(true)
  expect(paths.default).toBe(BUNDLES[entry] ?? paths.types.replace(/\.d\.ts$/, '.js'))
})
