import { describe, expect, it } from 'vitest'
import { cutTraining } from '../../../src/data/sampling/training-cuts.ts'

/** 20 clips of class 0, 10 of class 1, 5 of class 2; every second one trains. */
const SIZES = [40, 20, 10]
const entries = SIZES.flatMap((size, label) =>
  Array.from({ length: size }, (_, i) => ({ id: `${label}-${i}`, label, persons: 1, frames: 1, meta: {} })),
)
const DATASET = { name: 'mine', classes: ['a', 'b', 'c'], entries }
const TRAIN = [...entries.keys()].filter((index) => index % 2 === 0)
const cut = (name: string, seed?: number) => cutTraining(DATASET, TRAIN, name, seed)
const counts = (chosen: readonly number[]) =>
  [0, 1, 2].map((label) => chosen.filter((i) => entries[i].label === label).length)

describe('cuts of the training part', () => {
  it.each([
    ['few-shot:3', [3, 3, 3]],
    ['share:0.5', [10, 5, 3]],
    ['share:0.01', [1, 1, 1]],
    ['share:1', [20, 10, 5]],
    ['counts:7,0,5', [7, 0, 5]],
    ['long-tail:exp,16,4', [16, 8, 4]],
    ['long-tail:step,8,4', [8, 2, 2]],
  ])('%s keeps %j clips', (name, expected) => {
    const chosen = cut(name)
    expect(counts(chosen)).toEqual(expected)
    expect(new Set(chosen).size).toBe(chosen.length)
    expect(chosen.every((index) => TRAIN.includes(index))).toBe(true)
  })

  it('are decided by the seed', () => {
    for (const name of ['few-shot:3', 'share:0.5', 'counts:7,0,5', 'long-tail:exp,16,4']) {
      expect(cut(name, 1)).toEqual(cut(name, 1))
      expect(cut(name, 1)).not.toEqual(cut(name, 2))
    }
  })

  it('with fewer clips are part of those with more', () => {
    const larger = new Set(cut('few-shot:5'))
    expect(cut('few-shot:2').every((index) => larger.has(index))).toBe(true)
  })

  it.each([
    ['an unknown cut', 'half', /no such cut\n.*few-shot:K, share:S/],
    ['an unknown profile', 'long-tail:linear,8,4', /no such cut/],
    ['more shots than a class has', 'few-shot:6', /class 'c': .*\n.*at least 6\n.*5/],
    ['shots that are no number', 'few-shot:many', /shots is wrong\n.*whole number from 1/],
    ['half a shot', 'few-shot:1.5', /whole number from 1/],
    ['no shot', 'few-shot:0', /whole number from 1\n.*0/],
    ['shots that are not stated', 'few-shot:', /whole number from 1/],
    ['something behind the shots', 'few-shot:1:2', /whole number from 1/],
    ['counts that leave nothing', 'counts:0,0,0', /mine: the cut leaves no training clips\n.*'counts:0,0,0'/],
    ['a share above 1', 'share:1.5', /at most 1/],
    ['no share', 'share:0', /above 0/],
    ['counts for other classes', 'counts:1,2', /3 whole numbers/],
    ['an imbalance below 1', 'long-tail:exp,8,0.5', /imbalance is wrong\n.*from 1\n.*0\.5/],
    ['no imbalance', 'long-tail:exp,8,', /imbalance is wrong/],
  ])('refuse %s', (_, name, message) => {
    expect(() => cut(name)).toThrow(message)
  })
})
