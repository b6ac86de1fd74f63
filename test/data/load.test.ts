import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadDataset, loadSplit } from '../../src/data/load.ts'
import { writeStore } from '../../src/data/store/store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ossature-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const frame = Array.from({ length: 20 }, (_, joint) => [joint, 0, 3])
const content = strToU8(JSON.stringify({ skeletons: [frame, frame] }))
const actions = ['01', '02', '03', '04', '05', '06', '08', '09', '11', '12']

/** Every action once per view. */
const names = actions.flatMap((action) => [1, 2, 3].map((view) => `all_sqe/a${action}_s01_e00_v0${view}.json`))

function writeArchive(chosen: readonly string[]): string {
  const path = join(folder, 'all_sqe.zip')
  writeFileSync(path, zipSync(Object.fromEntries(chosen.map((name) => [name, content]))))
  return path
}

describe('loadDataset', () => {
  it('opens the archive, the unpacked folder and the clip store alike', async () => {
    const archive = loadDataset(writeArchive(names))
    mkdirSync(join(folder, 'plain', 'all_sqe'), { recursive: true })
    for (const name of names) writeFileSync(join(folder, 'plain', name), content)
    await writeStore(join(folder, 'store'), archive)
    for (const path of ['plain', 'plain/all_sqe', 'store']) {
      const dataset = loadDataset(join(folder, path))
      expect(dataset.entries).toEqual(archive.entries)
      expect(dataset.clip(29)).toEqual(archive.clip(29))
    }
  })

  it('tells what it could not recognise', () => {
    writeFileSync(join(folder, 'notes.txt'), 'text')
    expect(() => loadDataset(folder)).toThrow(/format of the data is unknown\n.*clip store; NW-UCLA.*\n.*notes\.txt/)
    expect(() => loadDataset(join(folder, 'none'))).toThrow(/nothing at this path/)
  })
})

describe('loadSplit', () => {
  it('gives data and parts', () => {
    const { dataset, train, test } = loadSplit(writeArchive(names), 'nw-ucla')
    expect([train.length, test.length]).toEqual([20, 10])
    expect(test.every((index) => dataset.entries[index].meta.camera === 3)).toBe(true)
  })

  it('refuses data that would ruin training', () => {
    expect(() => loadSplit(writeArchive(names.slice(3)), 'nw-ucla')).toThrow(
      /classes have no clips\n.*found: +pick up with one hand\n/,
    )
    const untrained = names.filter((name) => !/a01_.*_v0[12]/.test(name))
    expect(() => loadSplit(writeArchive(untrained), 'nw-ucla')).toThrow(/no training clips/)
  })
})
