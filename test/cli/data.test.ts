import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/data/store/store.ts'
import { uclaFiles, writeFiles } from '../systems/small-runs.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { jsonLines, ossature } from './run-cli.ts'

const newFolder = temporaryFolders()
const data = writeFiles(join(newFolder(), 'data'), uclaFiles())

describe('ossature data import', () => {
  it('leaves a clip store and says what is in it', async () => {
    const store = join(newFolder(), 'store')
    const { code, stdout } = await ossature('data', 'import', data, store)
    expect(code).toBe(0)
    const { name, entries, classes } = openStore(store)
    expect(stdout).toBe(`${name}: ${entries.length} clips of ${classes.length} classes in ${store}\n`)
  })

  it('refuses a clip store among the recordings, which the next reading would take for clips', async () => {
    const store = join(data, 'store')
    const { code, stderr } = await ossature('data', 'import', data, store)
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/store would lie among the recordings/) })
    expect(existsSync(store)).toBe(false)
  })

  it('prints JSON lines with --json, and replaces a store only with --force', async () => {
    const store = join(newFolder(), 'store')
    await ossature('data', 'import', data, store)
    const again = await ossature('data', 'import', data, store)
    expect(again.code).toBe(1)
    expect(again.stderr).toMatch(/there is a clip store already/)
    const { code, stdout } = await ossature('data', 'import', data, store, '--force', '--json')
    expect(code).toBe(0)
    expect(jsonLines(stdout).at(-1)).toMatchObject({ event: 'result', name: 'nw-ucla', store })
    expect(existsSync(join(store, 'index.json'))).toBe(true)
  })
})

describe('ossature data inspect', () => {
  it('shows counts, lengths, origins and the balance of the classes', async () => {
    const { code, stdout } = await ossature('data', 'inspect', data)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^data set +nw-ucla\nskeleton +nw_ucla, 20 joints, 3 coordinates\nclips +\d+ in 10 classes/)
    expect(stdout).toMatch(/\n {2}walk around +\d+ #+\n/)
  })

  it('gives the same as JSON, and nothing else', async () => {
    const { stdout, stderr } = await ossature('data', 'inspect', data, '--json')
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({ name: 'nw-ucla', joints: 20, origins: { camera: 3 } })
  })
})

describe('ossature data check', () => {
  it('prints findings as JSON; the exit code tells whether there are errors', async () => {
    const { code, stdout, stderr } = await ossature('data', 'check', data, '--split', 'nw-ucla', '--json')
    expect(stderr).toBe('')
    const { name, findings } = JSON.parse(stdout)
    expect(name).toBe('nw-ucla')
    const errors = findings.filter(({ severity }: { severity: string }) => severity === 'error')
    expect(code).toBe(errors.length > 0 ? 1 : 0)
    for (const finding of findings)
      expect(Object.keys(finding).sort()).toEqual(['code', 'mend', 'severity', 'what', 'where'])
  })

  it('fails for data that would ruin a training', async () => {
    const files = new Map([...uclaFiles()].filter(([name]) => name.includes('a01')))
    const { code, stdout } = await ossature('data', 'check', writeFiles(join(newFolder(), 'one'), files))
    expect(code).toBe(1)
    expect(stdout).toMatch(/^error: All clips are of one class\.\n {4}pick up with one hand\n/)
  })

  it('names the divisions for a name that there is not', async () => {
    const { code, stderr } = await ossature('data', 'check', data, '--split', 'xsub')
    expect(code).toBe(1)
    expect(stderr).toMatch(/no such way to divide the data\n.*nw-ucla, .*leave-out:FIELD=VALUE/)
  })
})
