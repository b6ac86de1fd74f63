import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClipMeta } from '../../src/data/clip.ts'
import type { ClipEntry } from '../../src/data/dataset.ts'
import { PROTOCOLS, selectById, splitByPerformer, splitByProtocol } from '../../src/data/splits.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'

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
    ['an unknown name', [{ camera: 1 }], 'toString', /no such protocol\n {2}expected: nw-ucla, ntu-cross-subject/],
    ['a clip without camera', [{ performer: 1 }], 'nw-ucla', /clip0: .*\n.*\n {2}found: {4}no camera/],
    ['a foreign camera', [{ camera: 1 }, { camera: 4 }], 'nw-ucla', /clip1: .*\n.*\n {2}found: {4}camera 4/],
    ['performers counted from 0', [{ performer: 0 }], 'ntu-cross-subject', /performer 0/],
    ['an empty test part', [{ camera: 1 }], 'nw-ucla', /leaves the test part empty/],
    ['an empty training part', [{ camera: 3 }], 'nw-ucla', /leaves the training part empty/],
  ])('refuses %s', (_, metas, name, message) => {
    expect(() => splitByProtocol(entries(metas), name)).toThrow(message)
  })

  it('never puts a value into both parts', () => {
    for (const { train, test } of Object.values(PROTOCOLS)) {
      expect(range(-2, 200).filter((value) => train(value) && test(value))).toEqual([])
    }
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
    expect(() => selectById(clips, ['clip0', 'clip0'])).toThrow(/listed twice/)
  })
})
