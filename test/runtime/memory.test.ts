import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('../long/memory.ts', import.meta.url))

// The same over 10,000 steps is a run of that file by hand.
it('does not grow over 500 steps', { timeout: 60_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--import', 'tsx', script, '500'])
  expect(JSON.parse(stdout).growth).toBeLessThan(0.02)
})
