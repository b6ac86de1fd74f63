import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../src/data/dataset.ts'
import { loadDataset } from '../../src/data/load.ts'
import { divideByName } from '../../src/data/splits/by-name.ts'

/** Runs where the archive lies beside the repository, and says so where it does not. */
function published(path: string, claim: string, check: (dataset: Dataset) => void): void {
  const archive = fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url))
  const absent = existsSync(archive) ? '' : ` (skipped: ../shared/data/${path} not present)`
  it.skipIf(absent)(`${path}: ${claim}${absent}`, () => check(loadDataset(archive)), 120_000)
}

const byClass = ({ classes, entries }: Dataset) =>
  classes.map((_, label) => entries.filter((entry) => entry.label === label).length)
function lengths({ entries }: Dataset) {
  const frames = entries.map((entry) => entry.frames).sort((a, b) => a - b)
  return [frames[0], frames[Math.floor(frames.length / 2)], frames.at(-1)]
}
const sizes = (dataset: Dataset, name: string) => {
  const { train, test } = divideByName(dataset, name)
  return [train.length, test.length]
}
const folds = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

describe('published data sets have the sizes that are known of them', () => {
  published('sbu-interaction/sbu-interaction.zip', '282 clips of 21 pairs, 5 folds', (dataset) => {
    expect(byClass(dataset)).toEqual([42, 43, 40, 41, 18, 21, 39, 38])
    expect(lengths(dataset)).toEqual([10, 23, 46])
    expect(dataset.entries.reduce((sum, { frames }) => sum + frames, 0)).toBe(6822)
    expect(new Set(dataset.entries.map(({ meta }) => `${meta.performer} ${meta.partner}`)).size).toBe(21)
    const tests = folds(5).map((fold) => sizes(dataset, `sbu:${fold}`)[1])
    expect(tests.reduce((sum, count) => sum + count)).toBe(282)
  })

  published('msr-action3d/msr-action3d.zip', '567 clips, 557 of them listed', (dataset) => {
    expect(dataset.entries).toHaveLength(567)
    expect(byClass(dataset)[14]).toBe(20)
    expect(lengths(dataset)).toEqual([13, 39, 936])
    expect(sizes(dataset, 'msr-action3d-557').reduce((sum, count) => sum + count)).toBe(557)
    for (const set of [1, 2, 3]) expect(divideByName(dataset, `msr-action3d-as${set}`).dataset.classes).toHaveLength(8)
  })

  published('utkinect-action3d/utkinect-action3d.zip', '199 clips, one less of carry', (dataset) => {
    expect(byClass(dataset)).toEqual([20, 20, 20, 20, 19, 20, 20, 20, 20, 20])
    const tests = folds(20).map((fold) => sizes(dataset, `utkinect-leave-one-out:${fold}`)[1])
    expect(tests.sort((a, b) => a - b)).toEqual([9, ...new Array(19).fill(10)])
  })

  published('ui-prmd-kinect/ui-prmd-kinect-s01-s04.zip', '800 repetitions of upright people', (dataset) => {
    expect(byClass(dataset)).toEqual(new Array(20).fill(40))
    expect(new Set(dataset.entries.map(({ meta }) => meta.performer)).size).toBe(4)
    // Standing shoulder abduction: about 1.5 m from the floor to the top of the head.
    const clip = dataset.clip(dataset.entries.findIndex(({ id }) => id === 'm07_s01_e01'))
    const height = (joint: number) => clip.points.data[3 * joint + 1]
    expect(height(5) - height(16)).toBeGreaterThan(130)
    expect(height(5) - height(16)).toBeLessThan(180)
  })

  published('shrec17-hand/shrec17-finger1.zip', '1400 clips with one finger, the lists are by performer', (dataset) => {
    expect(byClass(dataset).filter((count) => count > 0)).toHaveLength(14)
    const coarse = divideByName(dataset, 'shrec17-14')
    expect([...coarse.train]).toEqual(dataset.splits!.shrec17.train)
    expect([...coarse.test]).toEqual(dataset.splits!.shrec17.test)
  })

  published('jhmdb-2d/jhmdb-2d.zip', '609 clips in three splits', (dataset) => {
    expect(dataset.entries).toHaveLength(609)
    expect(lengths(dataset)).toEqual([15, 40, 40])
    expect([1, 2, 3].map((number) => sizes(dataset, `jhmdb-${number}`))).toEqual([
      [433, 176],
      [433, 176],
      [434, 175],
    ])
  })

  published('tennis-shots-2d/tennis-shots-2d.zip', '1350 windows of six matches', (dataset) => {
    expect(byClass(dataset)).toEqual([257, 388, 668, 37])
    expect(lengths(dataset)).toEqual([30, 30, 30])
    expect(folds(6).map((match) => sizes(dataset, `leave-out:setup=${match}`)[1])).toEqual([
      129, 143, 247, 325, 442, 64,
    ])
  })

  published('ymja-hockey/ymja-hockey.zip', '503 clips of 64 frames', (dataset) => {
    expect(byClass(dataset)).toEqual([183, 119, 75, 64, 62])
    expect(lengths(dataset)).toEqual([64, 64, 64])
  })

  published('cmu-mocap6/cmu-mocap6.zip', 'five recordings of the CMU skeleton', (dataset) => {
    expect(dataset.layout).toBe('cmu')
    expect(dataset.entries.map(({ frames }) => frames)).toEqual([4592, 2465, 3017, 4653, 4644])
  })
})
