import { readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BatchFiles } from '../../src/attack/batch-files.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'

const newFolder = temporaryFolders()
const SHAPE = [2, 1, 1, 1, 3] as const
const BATCH = {
  data: Float32Array.of(1, 2, 3, 4, 5, 6),
  shape: SHAPE,
  objective: Float32Array.of(0.5, 0.75),
}

describe('finished batches of an attack', () => {
  it('are found again by the number of their first clip', () => {
    const folder = join(newFolder(), 'attacks', 'one')
    const files = new BatchFiles(folder, 7)
    expect(files.get(4, SHAPE)).toBeUndefined()
    files.put(4, BATCH)
    expect(new BatchFiles(folder, 7).get(4, SHAPE)).toEqual(BATCH)
    expect(files.get(0, SHAPE)).toBeUndefined()
  })

  it('do not count after other training, for other clips, or damaged', () => {
    const folder = newFolder()
    const files = new BatchFiles(folder, 7)
    files.put(0, BATCH)
    expect(new BatchFiles(folder, 8).get(0, SHAPE)).toBeUndefined()
    expect(files.get(0, [1, 1, 2, 1, 3])).toBeUndefined()
    truncateSync(join(folder, readdirSync(folder)[0]), 100)
    expect(files.get(0, SHAPE)).toBeUndefined()
  })
})
