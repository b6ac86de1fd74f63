#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { register } from 'node:module'

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

// In a checkout the sources run as they are; the published package holds compiled files only.
const source = new URL('../src/cli/main.ts', import.meta.url)
if (existsSync(source)) {
  const tsx = await import('tsx/esm/api')
  tsx.register()
  register('./resolve-sources.mjs', import.meta.url)
}
const { main } = await import(existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href)
await main(process.argv)
