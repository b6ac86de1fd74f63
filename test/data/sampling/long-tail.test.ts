import { describe, expect, test } from 'vitest'
import {
  classCounts,
  type LongTailProfile,
  profileOfSplit,
  selectLongTail,
} from '../../../src/data/sampling/long-tail.ts'
import { OssatureError } from '../../../src/errors.ts'
import { LegacyGenerator } from '../../../src/random/legacy-generator.ts'

const total = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0)
const exp = (classes: number, largest: number, factor: number): LongTailProfile => ({
  profile: 'exp',
  classes,
  largest,
  factor,
})

describe('clips per class', () => {
  test.each([
    [60, 600, [14142, 9150, 7892]],
    [120, 600, [28182, 18137, 15600]],
    [120, 400, [18771, 12069, 10378]],
  ])('%i classes of at most %i: the totals of the published sets at 10, 50 and 100', (classes, largest, totals) => {
    expect([0.1, 0.02, 0.01].map((factor) => total(classCounts(exp(classes, largest, factor))))).toEqual(totals)
  })

  test('NW-UCLA at imbalance 10', () => {
    expect(classCounts(profileOfSplit('train', 10))).toEqual([100, 77, 59, 46, 35, 27, 21, 16, 12, 10])
  })

  test('the other published splits are known by their name', () => {
    expect(total(classCounts(profileOfSplit('xset_train', 120)))).toBe(10378)
    expect(total(classCounts(profileOfSplit('xsub_train', 60)))).toBe(7892)
  })

  test('step and even profiles; as released, a step over an odd number of classes lacks the last', () => {
    const step: LongTailProfile = { profile: 'step', classes: 5, largest: 10, factor: 0.25 }
    expect(classCounts(step)).toEqual([10, 10, 2, 2, 2])
    expect(classCounts(step, { asReleased: true })).toEqual([10, 10, 2, 2])
    expect(classCounts({ ...step, profile: 'even' })).toEqual([10, 10, 10, 10, 10])
  })

  test('a single class keeps all', () => {
    expect(classCounts(exp(1, 7, 0.1))).toEqual([7])
  })

  test('numbers out of range are refused', () => {
    for (const wrong of [exp(0, 7, 0.1), exp(2.5, 7, 0.1), exp(3, 0, 0.1), exp(3, 7, 0), exp(3, 7, 2)])
      expect(() => classCounts(wrong)).toThrow(OssatureError)
  })
})

describe('choosing the clips', () => {
  const labels = Array.from({ length: 60 }, (_, i) => i % 3)

  test('takes the counted number of each class, class after class', () => {
    const chosen = selectLongTail(labels, [20, 5, 1], new LegacyGenerator(0))
    expect(chosen.map((index) => labels[index])).toEqual([...Array(20).fill(0), ...Array(5).fill(1), 2])
    expect(new Set(chosen).size).toBe(26)
  })

  test('takes all of a class that has fewer', () => {
    expect(selectLongTail([0, 1], [5, 5], new LegacyGenerator(0))).toEqual([0, 1])
  })

  test('a smaller cut is part of a larger one', () => {
    const larger = new Set(selectLongTail(labels, [20, 10, 5], new LegacyGenerator(0)))
    expect(selectLongTail(labels, [20, 7, 2], new LegacyGenerator(0)).every((index) => larger.has(index))).toBe(true)
  })

  test('a label without a count is refused', () => {
    expect(() => selectLongTail([0, 3], [1, 1], new LegacyGenerator(0))).toThrow('clip 1')
  })
})
