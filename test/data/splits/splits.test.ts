import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClipMeta } from '../../../src/data/clip.ts'
import type { ClipEntry } from '../../../src/data/dataset.ts'
import { selectById, splitByPerformer, splitByProtocol } from '../../../src/data/splits/splits.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'

function entries(metas: readonly ClipMeta[]): ClipEntry[] {
  return metas.map((meta, i) => ({ id: `clip${i}`, label: 0, persons: 1, frames: 1, meta }))
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('splitByProtocol', () => {
  it('NW-UCLA: views 1 and 2 train, view 3 tests', () => {
    const split = splitByProtocol(entries([{ camera: 3 }, { camera: 1 }, { camera: 2 }]), 'nw-ucla')
    expect(split).toEqual({ train: [1, 2], test: [0] })
  })

  it('NTU cross-subject: 20 of 40 performers train, and 53 of 106', () => {
    const split = (last: number) =>
      splitByProtocol(entries(range(1, last).map((performer) => ({ performer }))), 'ntu-cross-subject')
    expect(split(40).train.map((index) => index + 1)).toEqual([
      1, 2, 4, 5, 8, 9, 13, 14, 15, 16, 17, 18, 19, 25, 27, 28, 31, 34, 35, 38,
    ])
    expect([split(106).train.length, split(106).test.length]).toEqual([53, 53])
  })

  it('NTU cross-view: camera 1 tests; cross-setup: odd setups test', () => {
    const cameras = entries([{ camera: 1 }, { camera: 2 }, { camera: 3 }])
    expect(splitByProtocol(cameras, 'ntu-cross-view')).toEqual({ train: [1, 2], test: [0] })
    const setups = entries(range(1, 32).map((setup) => ({ setup })))
    const split = splitByProtocol(setups, 'ntu-cross-setup')
    expect(split.train.map((index) => index + 1)).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32])
    expect(split.test).toHaveLength(16)
  })

  it.each<[string, ClipMeta[], string, RegExp]>([
    ['an unknown name', [{ camera: 1 }], 'toString', /no such protocol\n {2}expected: nw-ucla, .*ntu-cross-subject/],
    ['a clip without camera', [{ performer: 1 }], 'nw-ucla', /clip0: .*\n.*\n {2}found: {4}no camera/],
    ['a foreign camera', [{ camera: 1 }, { camera: 4 }], 'nw-ucla', /clip1: .*\n.*\n {2}found: {4}camera 4/],
    ['performers counted from 0', [{ performer: 0 }], 'ntu-cross-subject', /performer 0/],
    ['an empty test part', [{ camera: 1 }], 'nw-ucla', /leaves the test part empty/],
    ['an empty training part', [{ camera: 3 }], 'nw-ucla', /leaves the training part empty/],
  ])('refuses %s', (_, metas, name, message) => {
    expect(() => splitByProtocol(entries(metas), name)).toThrow(message)
  })

  it('MSR-Action3D: odd subjects train; ten halves of Vemulapalli et al.', () => {
    const subjects = entries(range(1, 10).map((performer) => ({ performer })))
    const trained = (name: string) => splitByProtocol(subjects, name).train.map((index) => index + 1)
    expect(trained('msr-action3d')).toEqual([1, 3, 5, 7, 9])
    expect(trained('msr-action3d-halves:1')).toEqual([1, 2, 3, 5, 10])
    expect(trained('msr-action3d-halves:10')).toEqual([2, 3, 5, 9, 10])
    expect(trained('utkinect-halves:3')).toEqual([2, 3, 6, 7, 8])
    const halves = range(1, 10).flatMap((fold) => [`msr-action3d-halves:${fold}`, `utkinect-halves:${fold}`])
    expect(halves.map((name) => trained(name).length)).toEqual(new Array(20).fill(5))
  })

  it('UTKinect: every recording is left out once', () => {
    const recordings = entries(
      range(1, 10).flatMap((performer) => [1, 2].map((repetition) => ({ performer, repetition }))),
    )
    const tests = range(1, 20).map((fold) => splitByProtocol(recordings, `utkinect-leave-one-out:${fold}`).test)
    expect(tests).toEqual(range(0, 19).map((index) => [index]))
  })

  it('SBU: each of the 21 pairs is tested in one of five folds', () => {
    const pairs = '12 13 17 21 23 26 27 32 34 35 36 42 43 46 52 53 62 63 64 71 73'.split(' ')
    const metas = pairs.map((pair) => ({ performer: Number(pair[0]), partner: Number(pair[1]) }))
    const tests = range(1, 5).map((fold) =>
      splitByProtocol(entries(metas), `sbu:${fold}`).test.map((index) => pairs[index]),
    )
    expect(tests).toEqual([
      ['12', '34', '52', '64'],
      ['23', '27', '35', '53'],
      ['13', '17', '71', '73'],
      ['21', '26', '32', '36'],
      ['42', '43', '46', '62', '63'],
    ])
  })

  it('NW-UCLA: each view tests once; PKU-MMD: the left camera tests, performers 2, 3 and 7', () => {
    const views = entries([{ camera: 1 }, { camera: 2 }, { camera: 3 }])
    expect([1, 2, 3].map((fold) => splitByProtocol(views, `nw-ucla-cross-view:${fold}`).test)).toEqual([[0], [1], [2]])
    expect(splitByProtocol(views, 'pku-mmd-cross-view')).toEqual({ train: [1, 2], test: [0] })
    const performers = entries(range(1, 13).map((performer) => ({ performer })))
    expect(splitByProtocol(performers, 'pku-mmd-2-cross-subject').test).toEqual([1, 2, 6])
  })

  it.each([
    ['a fold where there are none', 'nw-ucla:1', /has no folds\n.*nw-ucla\n/],
    ['no fold where there are several', 'sbu', /several folds\n.*sbu:1 to sbu:5/],
    ['a fold beyond the last', 'sbu:6', /sbu:1 to sbu:5\n.*'sbu:6'/],
    ['a fold that is no number', 'sbu:one', /sbu:1 to sbu:5/],
    ['half a fold', 'sbu:1.5', /sbu:1 to sbu:5/],
  ])('refuses %s', (_, name, message) => {
    expect(() => splitByProtocol(entries([{ camera: 1 }]), name)).toThrow(message)
  })

  it('says which of several fields is missing', () => {
    expect(() => splitByProtocol(entries([{ performer: 1 }]), 'sbu:1')).toThrow(/clip0: .*\n.*\n.*no partner$/)
    expect(() => splitByProtocol(entries([{}]), 'sbu:1')).toThrow(/no performer and no partner/)
    expect(() => splitByProtocol(entries([{ performer: 1, partner: 5 }]), 'sbu:1')).toThrow(/performer 1, partner 5/)
  })
})

describe('splitByPerformer', () => {
  const metas = fc.array(fc.record({ performer: fc.nat(9) }), { minLength: 20, maxLength: 60 })

  it('tests every clip once and keeps a performer in one part', () => {
    fc.assert(
      fc.property(metas, fc.nat(), (metas, seed) => {
        const clips = entries(metas)
        const performers = new Set(metas.map(({ performer }) => performer)).size
        fc.pre(performers >= 3)
        const folds = splitByPerformer(clips, 3, new CounterStream(seed))
        expect(folds.flatMap(({ test }) => test).sort((a, b) => a - b)).toEqual([...clips.keys()])
        for (const { train, test } of folds) {
          expect([...train, ...test].sort((a, b) => a - b)).toEqual([...clips.keys()])
          const trained = new Set(train.map((index) => metas[index].performer))
          expect(test.some((index) => trained.has(metas[index].performer))).toBe(false)
          expect(test.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('balances the folds: 5 + 1, 4 + 2, 3 + 3 clips', () => {
    const metas = [1, 2, 3, 3, 4, 5, 6].flatMap((performer, i) =>
      Array(([1, 2, 3, 0, 3, 4, 5] as const)[i]).fill({ performer }),
    )
    expect(splitByPerformer(entries(metas), 3).map(({ test }) => test.length)).toEqual([6, 6, 6])
  })

  it('is decided by the seed', () => {
    const clips = entries(range(0, 11).map((performer) => ({ performer })))
    const folds = (seed: number) => splitByPerformer(clips, 4, new CounterStream(seed))
    expect(folds(1)).toEqual(folds(1))
    expect(folds(1)).not.toEqual(folds(2))
  })

  it('refuses clips without performer and more folds than performers', () => {
    expect(() => splitByPerformer(entries([{}]), 2)).toThrow(/clip0: the clip has no performer/)
    const two = entries([{ performer: 1 }, { performer: 2 }])
    for (const folds of [0, 1, 1.5, 3]) expect(() => splitByPerformer(two, folds)).toThrow(/2 to 2/)
  })
})

describe('selectById', () => {
  it('keeps the order of the list and refuses unknown and doubled ids', () => {
    const clips = entries([{}, {}, {}])
    expect(selectById(clips, ['clip2', 'clip0'])).toEqual([2, 0])
    expect(() => selectById(clips, ['clip0', 'clip9'], 'train.txt')).toThrow(
      /train\.txt, item 2: there is no clip 'clip9'/,
    )
    expect(() => selectById(clips, ['clip0', 'clip0'])).toThrow(/item 2: clip 'clip0' is listed twice\n.*item 1/)
  })
})
