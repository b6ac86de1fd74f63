#!/usr/bin/env node
import { existsSync } from 'node:fs'

// In a checkout the sources run as they are; the published package holds compiled files only.
const source = new URL('../src/cli/main.ts', import.meta.url)
if (existsSync(source)) {
  const { register } = await import('tsx/esm/api')
  register()
}
const { main } = await import(existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href)
await main(process.argv)
