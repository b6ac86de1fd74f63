import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { groupClasses } from '../../../src/data/classes/class-groups.ts'
import type { Clip, ClipMeta } from '../../../src/data/clip.ts'
import { datasetOf } from '../../../src/data/dataset.ts'
import { MSR_ACTION3D_CLASSES } from '../../../src/data/readers/published/msr-action3d.ts'
import { divideByName } from '../../../src/data/splits/by-name.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ossature-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const clip = (id: string, label: number, meta: ClipMeta = {}): Clip => {
  const points = { data: Float32Array.of(label), persons: 1, frames: 1, joints: 1, channels: 1 }
  return { id, label, layout: 'one', points, meta }
}
/** Two classes, performers 1 to 4, one clip of each. */
const CLIPS = [1, 2, 3, 4].flatMap((performer) =>
  [0, 1].map((label) => clip(`p${performer}c${label}`, label, { performer })),
)
const SPLITS = { lists: { train: [0, 1, 2], test: [3] } }
const DATASET = datasetOf('mine', ['walk', 'sit'], CLIPS, { splits: SPLITS })
const parts = (name: string, seed?: number) => {
  const { train, test } = divideByName(DATASET, name, { seed })
  return { train, test }
}
function written(name: string, ids: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${ids.join('\r\n')}\n\n`)
  return path
}

describe('dividing by name', () => {
  it('takes a division that came with the data', () => {
    expect(parts('lists')).toEqual(SPLITS.lists)
  })

  it('leaves one performer out', () => {
    expect(parts('leave-out:performer=2')).toEqual({ train: [0, 1, 4, 5, 6, 7], test: [2, 3] })
  })

  it('leaves one performer out by name, where people have names', () => {
    const named = { ...DATASET, performers: ['zoe', 'anna', 'ben', 'xu', '2'] }
    const testOf = (name: string) => divideByName(named, name).test
    expect(testOf('leave-out:performer=ben')).toEqual([2, 3])
    expect(testOf('leave-out:performer=2')).toEqual([6, 7])
    expect(testOf('leave-out:performer=1')).toEqual([0, 1])
    expect(() => testOf('leave-out:performer=eve')).toThrow(/no such performer\n.*zoe, anna, ben\b.*\n.*'eve'/)
    expect(() => parts('leave-out:performer=eve')).toThrow(/no such performer\n.*a number\n/)
  })

  it('makes folds of whole performers: every clip is tested once, by the seed', () => {
    const folds = [1, 2].map((fold) => parts(`folds:performer:${fold}/2`, 3))
    expect(folds.flatMap(({ test }) => test).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    for (const { train, test } of folds) {
      const trained = new Set(train.map((index) => CLIPS[index].meta.performer))
      expect(test.some((index) => trained.has(CLIPS[index].meta.performer))).toBe(false)
    }
    expect(parts('folds:performer:1/2', 3)).toEqual(folds[0])
  })

  it('makes folds of clips with equal shares of the classes', () => {
    const folds = [1, 2, 3, 4].map((fold) => parts(`folds:clip:${fold}/4`, 1))
    expect(folds.flatMap(({ test }) => test).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    for (const { test } of folds) expect(test.map((index) => CLIPS[index].label).sort()).toEqual([0, 1])
    expect([2, 3, 4].some((seed) => parts('folds:clip:1/4', seed).test.join() !== folds[0].test.join())).toBe(true)
  })

  it('reads lists of names; without a second one the rest tests', () => {
    const train = written('train.txt', ['p1c1', 'p1c0'])
    expect(parts(`list:${train}`)).toEqual({ train: [1, 0], test: [2, 3, 4, 5, 6, 7] })
    const test = written('test.txt', ['p2c0'])
    expect(parts(`list:${train},${test}`)).toEqual({ train: [1, 0], test: [2] })
  })

  it('brings along the classes that a protocol is about', () => {
    const clips = [1, 2].flatMap((performer) =>
      [1, 9, 12].map((label) => clip(`p${performer}c${label}`, label, { performer })),
    )
    const { dataset, train, test, crossSubject } = divideByName(
      datasetOf('msr', MSR_ACTION3D_CLASSES, clips),
      'msr-action3d-as1',
    )
    expect(dataset.classes).toHaveLength(8)
    expect(dataset.entries.map(({ label }) => dataset.classes[label])).toEqual([
      ...['horizontal arm wave', 'hand clap', 'bend', 'horizontal arm wave', 'hand clap', 'bend'],
    ])
    expect({ train, test, crossSubject }).toEqual({ train: [0, 1, 2], test: [3, 4, 5], crossSubject: true })
  })

  it.each<[string, string, RegExp]>([
    ['an unknown name', 'xsub', /mine: there is no such way .*\n.*lists, leave-out:FIELD=VALUE, .*data split/s],
    ['a field that does not exist', 'leave-out:age=3', /not complete\n.*FIELD is one of performer/],
    ['a field that the data lack', 'leave-out:camera=1', /clip p1c0: the clip has no camera/],
    ['a performer that does not exist', 'leave-out:performer=9', /cannot be left out\n.*1, 2, 3, 4\n.*9/],
    ['a fold that does not exist', 'folds:performer:3/2', /no such fold\n.*1 to 2\n.*3/],
    ['more folds than performers', 'folds:performer:1/5', /2 to 4, the number of performers/],
    ['folds without a number', 'folds:performer', /not complete/],
    ['more folds than clips', 'folds:clip:1/9', /2 to 8, the number of clips/],
    ['a protocol for other data', 'nw-ucla', /clip p1c0\b.*\n.*\n.*no camera/],
    ['classes of other data', 'shrec17-14', /not for this data set\n.*28 classes, .*\n.*2 classes, walk, sit/],
  ])('refuses %s', (_, name, message) => {
    expect(() => divideByName(DATASET, name)).toThrow(message)
  })

  it('names those that were made for the data first, and none that does not fit, for an unknown name', () => {
    const clips = [1, 2, 3].map((camera) => clip(`c${camera}`, 0, { camera }))
    expect(() => divideByName(datasetOf('nw-ucla', ['walk'], clips), 'xsub')).toThrow(
      /expected: nw-ucla, nw-ucla-cross-view:1 \.\.\. nw-ucla-cross-view:3, leave-out:[^;]*; made for other data: ntu-cross-view, pku-mmd-cross-view\n/,
    )
  })

  it('refuses a list with unknown names', () => {
    expect(() => parts(`list:${written('train.txt', ['p1c0', 'p9c0'])}`)).toThrow(/train\.txt, item 2: .*'p9c0'/)
    expect(() => parts(`list:${join(folder, 'none.txt')}`)).toThrow(/nothing at this path/)
  })
})

describe('other classes', () => {
  it('leave clips of other classes out, in the splits, too', () => {
    const clips = [0, 1, 2].map((label) => clip(`c${label}`, label))
    const dataset = datasetOf('msr', MSR_ACTION3D_CLASSES, clips, { splits: { own: { train: [2, 0], test: [1] } } })
    const chosen = groupClasses(dataset, 'msr-action3d-as1')
    expect(chosen.entries.map(({ id, label }) => [id, label])).toEqual([
      ['c1', 0],
      ['c2', 1],
    ])
    expect(chosen.splits).toEqual({ own: { train: [1], test: [0] } })
    expect([chosen.clip(1).id, chosen.clip(1).label, chosen.clip(1).points.data[0]]).toEqual(['c2', 1, 2])
    expect(() => chosen.clip(2)).toThrow(/no such clip/)
  })

  it('are refused when there are none of the name', () => {
    expect(() => groupClasses(DATASET, 'toString')).toThrow(/no such classes\n.*shrec17-14/)
  })
})
