import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { uclaFiles, writeFiles } from '../systems/small-runs.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { ossatureProcess } from './run-cli.ts'

const newFolder = temporaryFolders()

/** The code of `docs/add-a-system.md`, piece after piece. */
function codeOfTheText(): string {
  const text = readFileSync(new URL('../../docs/add-a-system.md', import.meta.url), 'utf8')
  const pieces = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code)
  return pieces.join('\n')
}

describe('a system of the user, as docs/add-a-system.md builds it', () => {
  it('has sixty lines', () => {
    const lines = codeOfTheText()
      .split('\n')
      .filter((line) => line.trim() !== '')
    expect(lines.length).toBeLessThanOrEqual(66)
  })

  it('is shown, trains, reports and exports like any other', async () => {
    const folder = newFolder()
    const path = join(folder, 'pose-average.mts')
    writeFileSync(path, codeOfTheText())
    const shown = await ossatureProcess(['systems', path])
    expect(shown).toMatchObject({ code: 0, stderr: '' })
    expect(shown.stdout).toMatch(
      /^pose-average: single poses[\s\S]* {2}labelSmoothing: number from 0 to 0.9, default 0.1/,
    )
    const data = writeFiles(join(folder, 'recordings'), uclaFiles())
    const out = join(folder, 'run')
    const settings = ['epochs=1', 'repeat=1', 'batchSize=4', 'imbalance=1', 'threads=1', 'loaders=0', 'width=8']
    const set = settings.flatMap((setting) => ['--set', setting])
    const trained = await ossatureProcess(['train', path, '--data', data, '--out', out, '--quiet', ...set])
    expect(trained).toMatchObject({ code: 0, stderr: '' })
    expect(readdirSync(out)).toEqual(expect.arrayContaining(['model.onnx', 'report.html', 'scores.safetensors']))
  }, 60_000)
})

describe('a module that is no system', () => {
  it.each([
    ['is missing', undefined, /there is no such module/],
    ['exports something else', 'export const plan = 1', /exports no system[\s\S]*found: +plan/],
    ['throws', "\nthrow new Error('broken')", /mine\.mjs, line 2: the module cannot be loaded\n +found: +broken\n$/],
    ['is no JavaScript', 'const = 1', /cannot be loaded[\s\S]*Unexpected token[\s\S]*node --check/],
    [
      'imports what is not installed',
      "import 'no-such-package'",
      /cannot be loaded[\s\S]*'no-such-package'[\s\S]*in its folder/,
    ],
  ])('is refused when it %s', async (_, text, message) => {
    const path = join(newFolder(), 'mine.mjs')
    if (text !== undefined) writeFileSync(path, text)
    const { code, stderr } = await ossatureProcess(['systems', path])
    expect(code).toBe(1)
    expect(stderr).toMatch(message)
  })
})
