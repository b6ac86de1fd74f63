import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../', import.meta.url)
const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  exports: Record<string, { types: string; default: string }>
}

test.each(Object.entries(exports))('the entry %s of the package is built from a source file', (_, paths) => {
  const source = paths.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts')
  expect(existsSync(new URL(source, root))).toBe(true)
  expect(paths.types).toBe(paths.default.replace(/\.js$/, '.d.ts'))
})
