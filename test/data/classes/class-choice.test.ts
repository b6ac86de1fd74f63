import { describe, expect, it } from 'vitest'
import { type ClassChoice, chooseClasses, chooseClassesOf } from '../../../src/data/classes/class-choice.ts'
import { datasetOf } from '../../../src/data/dataset.ts'
import { NTU_CLASSES } from '../../../src/data/readers/ntu/classes.ts'
import { MSR_ACTION3D_CLASSES } from '../../../src/data/readers/published/msr-action3d.ts'
import { divideByName } from '../../../src/data/splits/by-name.ts'

const points = { data: Float32Array.of(1), persons: 1, frames: 1, joints: 1, channels: 1 }
/** A clip of each class by each of the performers. */
const dataset = (classes: readonly string[], performers = [1]) =>
  datasetOf(
    'mine',
    classes,
    performers.flatMap((performer) =>
      classes.map((title, label) => ({
        id: `${title} ${performer}`,
        label,
        layout: 'one',
        points,
        meta: { performer },
      })),
    ),
  )
const WALKS = dataset(['walk', 'run', 'sit', '2', 'jump'], [1, 2])

const chosen = (choice: ClassChoice, from = WALKS) => chooseClasses(from, choice)

describe('some classes of a data set', () => {
  it('keep their names and their order; their labels count from 0', () => {
    const { classes, entries, clip } = chosen(['jump', 'run'])
    expect(classes).toEqual(['run', 'jump'])
    expect(entries.map(({ id, label }) => [id, label])).toEqual([
      ...[
        ['run 1', 0],
        ['jump 1', 1],
        ['run 2', 0],
        ['jump 2', 1],
      ],
    ])
    expect(clip(3)).toMatchObject({ id: 'jump 2', label: 1 })
  })

  it('may be given by their numbers, unless these are names', () => {
    expect(chosen([0, '1']).classes).toEqual(['walk', 'run'])
    expect(chosen([2, 'walk']).classes).toEqual(['walk', '2'])
  })

  it('may be those of a published choice, or some of them', () => {
    const msr = dataset(MSR_ACTION3D_CLASSES)
    expect(chosen('msr-action3d-as1', msr).classes).toHaveLength(8)
    const some = chosen(['msr-action3d-as1', 'bend', 'hand clap', 0], msr)
    expect(some.classes).toEqual(['horizontal arm wave', 'hand clap', 'bend'])
    expect(some.entries.map(({ id, label }) => [id, label])).toEqual([
      ...[
        ['horizontal arm wave 1', 0],
        ['hand clap 1', 1],
        ['bend 1', 2],
      ],
    ])
    expect(() => chosen(['msr-action3d-as1', 'golf swing'], msr)).toThrow(/no such class/)
  })

  it.each([
    [60, 11, 'walking apart from each other'],
    [120, 26, 'finger-guessing game'],
  ])('are those of two persons in NTU RGB+D with %s classes', (count, mutual, last) => {
    const { classes } = chosen(['ntu-mutual'], dataset(NTU_CLASSES.slice(0, count)))
    expect(classes).toHaveLength(mutual)
    expect([classes[0], classes.at(-1)]).toEqual(['punching/slapping other person', last])
    const unnamed = NTU_CLASSES.slice(0, count).map((_, label) => `class ${label}`)
    expect(chosen('ntu-mutual', dataset(unnamed)).classes).toEqual(classes)
  })

  it.each<[string, ClassChoice, RegExp]>([
    [
      'a class that there is not: the nearest is named',
      ['wlak'],
      /mine: there is no such class\n.*'wlak'\n.*mean walk\?/,
    ],
    [
      'one that is like no other: all are named',
      ['football'],
      /0 to 4, or one of walk, run, sit, 2, jump\n.*'football'/,
    ],
    ['a number that is too large', [5], /no such class\n.*0 to 4.*\n.*'5'/],
    ['a class twice', ['run', 1], /chosen twice\n.*'run'/],
    ['no class', [], /no classes are chosen/],
    [
      'a published choice for other data',
      ['ntu-mutual'],
      /not for this data set\n.*60 .*120 classes.*\n.*5 classes.*\n.*numbers/,
    ],
  ])('cannot be %s', (_, choice, message) => {
    expect(() => chosen(choice)).toThrow(message)
  })
})

describe('a division with some classes', () => {
  it('leaves every clip in its part, whichever the classes', () => {
    const all = divideByName(WALKS, 'folds:clip:1/5', { seed: 4 })
    const some = divideByName(WALKS, 'folds:clip:1/2', { seed: 4 })
    const few = divideByName(WALKS, 'folds:clip:1/2', { seed: 4, classes: ['sit', 'walk'] })
    const ids = ({ dataset: { entries } }: typeof some, part: readonly number[]) =>
      part.map((index) => entries[index].id)
    const wanted = (id: string) => /^(sit|walk) /.test(id)
    expect(all.classes).toBeUndefined()
    expect(few.classes).toEqual(['walk', 'sit'])
    for (const part of ['train', 'test'] as const)
      expect(ids(few, few[part])).toEqual(ids(some, some[part]).filter(wanted))
  })

  it('remembers the published choice that it is within', () => {
    const msr = dataset(MSR_ACTION3D_CLASSES, [1, 2])
    const within = divideByName(msr, 'msr-action3d-as1', { classes: ['bend', 1] })
    expect(within.classes).toEqual(['msr-action3d-as1', 'hammer', 'bend'])
    expect(chooseClasses(msr, within.classes!).classes).toEqual(within.dataset.classes)
    expect(divideByName(msr, 'msr-action3d', { classes: ['msr-action3d-as1'] }).classes).toBe('msr-action3d-as1')
  })

  it('needs clips of these classes in both parts', () => {
    const division = { dataset: WALKS, train: [0, 1], test: [2, 3], crossSubject: false }
    expect(() => chooseClassesOf(division, ['walk', 'run'])).toThrow(/choice of classes leaves the test part empty/)
  })
})
