import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { program } from '../../src/cli/main.ts'

it('the program tells the version of the package', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(program().version()).toBe(version)
})
