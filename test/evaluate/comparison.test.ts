import { describe, expect, test } from 'vitest'
import { compareWithFirst } from '../../src/evaluate/comparison.ts'
import { renderComparison } from '../../src/evaluate/comparison-text.ts'
import { accuraciesOf } from '../../src/evaluate/evaluation.ts'
import { seedGroups } from '../../src/evaluate/statistics/seed-groups.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { scoreFile } from './small-scores.ts'

/** Sixteen clips of class 0 and four of class 1, of which some are recognised. */
function run(name: string, ofFirst: number, ofSecond: number) {
  const first = Array.from({ length: 16 }, (_, n) => (n < ofFirst ? '00' : '02'))
  const second = Array.from({ length: 4 }, (_, n) => (n < ofSecond ? '11' : '12'))
  return { name, file: scoreFile([...first, ...second]) }
}

const runs = [run('plain', 6, 1), run('better', 14, 1), run('same', 6, 1)]
const compare = () => compareWithFirst(runs, new CounterStream(3), { resamples: 500 })

describe('comparison with the first run', () => {
  const [better, same] = compare()

  test('counts the clips that only one of the two recognises', () => {
    expect(better).toMatchObject({ run: 'better', won: 8, lost: 0 })
    expect(same).toMatchObject({ run: 'same', won: 0, lost: 0 })
  })

  test('tests them exactly, and corrects for two comparisons', () => {
    expect([better.mcNemar, better.mcNemarHolm]).toEqual([2 / 2 ** 8, 4 / 2 ** 8].map((p) => expect.closeTo(p, 12)))
    expect([same.mcNemar, same.mcNemarHolm]).toEqual([1, 1])
  })

  test('estimates the differences in top-1 and class mean', () => {
    expect(better.top1.value).toBeCloseTo(8 / 20, 12)
    expect(better.meanClass.value).toBeCloseTo(8 / 16 / 2, 12)
    expect(better.top1.low).toBeGreaterThan(0)
    expect(better.top1.pValue).toBeLessThan(0.05)
    expect(same.top1).toEqual({ value: 0, low: 0, high: 0, pValue: 1 })
  })

  test('repeats with its stream and needs two runs', () => {
    expect(compare()).toEqual([better, same])
    expect(() => compareWithFirst(runs.slice(0, 1), new CounterStream(3))).toThrow('at least two runs')
  })
})

describe('repetitions with other seeds', () => {
  const seeded = (name: string, top1: number, options: Record<string, unknown>) => ({
    name,
    top1,
    meanClass: top1,
    options,
  })

  test('are runs with the same options but for seed, threads and device', () => {
    const groups = seedGroups([
      seeded('a', 0.78, { loss: 'focal', seed: 0, threads: 1 }),
      seeded('b', 0.8, { seed: 1, loss: 'focal', threads: 2 }),
      seeded('c', 0.5, { loss: 'plain', seed: 0 }),
      seeded('d', 0.82, { loss: 'focal', seed: 2, threads: 1 }),
      seeded('e', 0.9, {}),
      seeded('f', 0.9, {}),
    ])
    expect(groups.map(({ runs }) => runs)).toEqual([['a', 'b', 'd']])
    expect(groups[0].top1.mean).toBeCloseTo(0.8, 12)
    expect(groups[0].top1.high - groups[0].top1.mean).toBeCloseTo((4.30265272974946 * 0.02) / Math.sqrt(3), 10)
  })

  test('the same seed twice is no repetition', () => {
    expect(seedGroups([seeded('a', 1, { seed: 0 }), seeded('b', 1, { seed: 0 })])).toEqual([])
  })
})

test('as text: runs, tests, seeds', () => {
  const results = runs.map(({ name, file }) => ({
    name,
    result: accuraciesOf(file.probabilities, file.labels, file.trainCounts),
  }))
  const seeds = seedGroups([
    { name: 'x', options: { seed: 0, system: 'b' }, top1: 0.78, meanClass: 0.5 },
    { name: 'y', options: { seed: 1, system: 'b' }, top1: 0.8, meanClass: 0.5 },
  ])
  const text = renderComparison(results, compare(), seeds)
  expect(text).toMatch(/^better +75\.0% +56\.3% /m)
  expect(text).toMatch(/^better +\+40\.0 \(\+\d+\.\d to \+\d+\.\d\) .* 8 +0 +0\.008 +0\.016$/m)
  // Half width 12.706 * 0.01414 / sqrt(2) = 0.127.
  expect(text).toContain('x, y: 2 seeds of the same run')
  expect(text).toContain('top-1 79.0% (66.3 to 91.7), class mean 50.0% (50.0 to 50.0)')
})
