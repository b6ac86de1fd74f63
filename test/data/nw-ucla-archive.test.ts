import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkDataset, checkSplit } from '../../src/data/checks/check-for-training.ts'
import { loadDataset } from '../../src/data/load.ts'
import { splitByProtocol } from '../../src/data/splits/splits.ts'

const archive = fileURLToPath(new URL('../../../shared/data/nw-ucla/all_sqe.zip', import.meta.url))
const absent = existsSync(archive) ? '' : ' (skipped: ../shared/data/nw-ucla not present)'

describe('the published NW-UCLA archive', () => {
  it.skipIf(absent)(
    `has the clips, lengths and split of the publication${absent}`,
    () => {
      const dataset = loadDataset(archive)
      const { entries, classes } = dataset
      expect(entries).toHaveLength(1484)
      expect(Math.min(...entries.map(({ frames }) => frames))).toBe(1)
      expect(Math.max(...entries.map(({ frames }) => frames))).toBe(201)
      checkDataset(dataset)

      const split = splitByProtocol(entries, 'nw-ucla')
      checkSplit(dataset, split)
      const counts = (part: readonly number[]) =>
        classes.map((_, label) => part.filter((index) => entries[index].label === label).length)
      expect(counts(split.train)).toEqual([102, 102, 96, 124, 101, 102, 99, 99, 98, 97])
      expect(counts(split.test)).toEqual([48, 50, 45, 49, 47, 47, 43, 43, 47, 45])

      const first = dataset.clip(0)
      expect(first.id).toBe('a01_s01_e00_v01')
      expect([...first.points.data.slice(0, 4)]).toEqual([-0.619699, 0.328046, 3.18186, -0.62041].map(Math.fround))
    },
    30_000,
  )
})
