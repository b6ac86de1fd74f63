import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { READERS } from '../../src/data/load.ts'
import { uclaFiles, writeFiles } from '../systems/small-runs.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { ossature } from './run-cli.ts'

const newFolder = temporaryFolders()
const data = writeFiles(join(newFolder(), 'data'), uclaFiles())
const set = (...settings: string[]) => settings.flatMap((setting) => ['--reader-set', setting])

describe('ossature data readers', () => {
  it('lists every reader, and shows one with its options', async () => {
    const { code, stdout } = await ossature('data', 'readers')
    expect(code).toBe(0)
    for (const { name } of READERS) expect(stdout).toMatch(new RegExp(`^${name} +.*$`, 'm'))
    const { stdout: ntu } = await ossature('data', 'readers', 'ntu')
    expect(ntu).toMatch(/^ntu: .*\n\nOptions.*\n\n {2}bodies: one of pyskl, ctr-gcn, .*, default pyskl\n/)
    const { options } = JSON.parse((await ossature('data', 'readers', 'ntu', '--json')).stdout)
    expect(options.map(({ name }: { name: string }) => name)).toContain('frameRate')
    expect((await ossature('data', 'readers', 'nut')).stderr).toMatch(/no such reader\n.*nw-ucla.*\n.*nut/)
  })
})

describe('data commands', () => {
  it('hand options to the reader, as numbers and texts', async () => {
    const { code, stdout } = await ossature('data', 'inspect', data, '--json', ...set('name=gym', 'frameRate=12.5'))
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ name: 'gym', origins: { frameRate: 1 } })
  })

  it('refuse options that the reader does not have', async () => {
    expect((await ossature('data', 'inspect', data, ...set('framerate=1'))).stderr).toMatch(
      /--reader-set framerate=1: unknown option framerate\n.*frameRate/,
    )
    expect((await ossature('data', 'inspect', data, ...set('frameRate=fast'))).stderr).toMatch(
      /wrong value for option frameRate/,
    )
  })

  it('read with the reader that is named', async () => {
    expect((await ossature('data', 'inspect', data, '--reader', 'bvh')).stderr).toMatch(/there are no clips here/)
    expect((await ossature('data', 'inspect', data, '--reader', 'none')).stderr).toMatch(/no such reader/)
  })

  it('refuse options for a clip store, which was read already', async () => {
    const store = join(newFolder(), 'store')
    await ossature('data', 'import', data, store, ...set('name=gym'))
    expect((await ossature('data', 'inspect', store, '--json')).stdout).toContain('"name":"gym"')
    expect((await ossature('data', 'inspect', store, ...set('name=x'))).stderr).toMatch(/opened as it was imported/)
  })
})
