import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { datasetOf } from '../../../src/data/dataset.ts'
import { MSR_ACTION3D_CLASSES } from '../../../src/data/readers/published/msr-action3d.ts'
import { divideByName } from '../../../src/data/splits/by-name.ts'
import { listOfDivision } from '../../../src/data/splits/division-list.ts'
import { formatListFile } from '../../../src/data/splits/list-file.ts'
import { temporaryFolders } from '../../train/temporary-folder.ts'

const folder = temporaryFolders()()

const points = { data: Float32Array.of(1), persons: 1, frames: 1, joints: 1, channels: 1 }
/** Each of the 20 classes of MSR-Action3D once by performers 1 and 2; the ids look like numbers. */
const CLIPS = [1, 2].flatMap((performer) =>
  MSR_ACTION3D_CLASSES.map((_, label) => ({
    ...{ id: `${performer}${String(label).padStart(3, '0')}`, label, layout: 'one', points, meta: { performer } },
  })),
)
const DATASET = datasetOf('msr-action3d', MSR_ACTION3D_CLASSES, CLIPS)

function written(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const CASES: readonly [protocol: string, classes?: string[]][] = [
  ['folds:clip:1/4'],
  ['msr-action3d'],
  ['msr-action3d-as2'],
  ['msr-action3d', ['hammer', 'bend']],
  ['msr-action3d-as2', ['draw X']],
]

describe('a list of clips', () => {
  it.each(['list.yaml', 'list.json'])('divides as the division that it was written from: %s', (name) => {
    for (const [protocol, classes] of CASES) {
      const division = divideByName(DATASET, protocol, { seed: 3, classes })
      const list = listOfDivision(division, { protocol, seed: 3 })
      const read = divideByName(DATASET, `list:${written(name, formatListFile(list, name))}`)
      const { train, test, crossSubject, dataset } = division
      expect({ train: read.train, test: read.test, crossSubject: read.crossSubject }).toEqual({
        train,
        test,
        crossSubject,
      })
      expect(read.dataset.classes).toEqual(dataset.classes)
    }
  })

  it('without names for testing leaves the rest to the test', () => {
    const { train, test } = divideByName(DATASET, `list:${written('own.yaml', 'train: ["1003", "1001"]')}`)
    expect(train).toEqual([3, 1])
    expect(test).toEqual(CLIPS.map((_, index) => index).filter((index) => index !== 1 && index !== 3))
  })

  it.each([
    ['{}', /no list of clips\n.*train/],
    ['train: [1003]', /train\.0: .*number needs quotes/s],
    ['train: ["1003"]\ntset: ["1001"]', /tset/],
    ['train: ["1003"]\ntest: ["9"]', /there is no clip '9'/],
    ['train: ["1003", "1003"]', /listed twice/],
  ])('is refused where it says %j', (text, message) => {
    expect(() => divideByName(DATASET, `list:${written('wrong.yaml', text)}`)).toThrow(message)
  })

  it('is written as YAML or JSON only', () => {
    expect(() => formatListFile({ train: ['a'] }, 'clips.csv')).toThrow(/clips\.csv\b.*another ending/)
  })
})
