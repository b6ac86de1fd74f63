import { expect, it } from 'vitest'
import { datasetOf } from '../../../src/data/dataset.ts'
import { describeProblem } from '../../../src/systems/classification/describe-problem.ts'
import { problemOptions } from '../../../src/systems/classification/options.ts'
import { resolveOptions } from '../../../src/systems/options.ts'
import { randomPoints } from '../../skeleton/random-points.ts'

const points = randomPoints({ persons: 1, frames: 2, joints: 20, channels: 3 })
const dataset = datasetOf('set', ['a', 'b'], [{ id: 'x', label: 0, layout: 'nw_ucla', points, meta: {} }])
const described = (trainCounts: number[], uncut?: number, values: Record<string, unknown> = {}) => {
  const train = new Array(trainCounts.reduce((sum, count) => sum + count, 0)).fill(0)
  const problem = { dataset, train, test: [0, 0, 0], trainCounts, largest: Math.max(...trainCounts), uncut }
  return describeProblem(problem, resolveOptions(problemOptions, [{ origin: '--set', values }]))
}

it('says how many clips train and test', () => {
  expect(described([4, 4])).toBe('set: 8 clips of 2 classes train (4 each); 3 test')
})

it('says how many clips a cut leaves out, and how a published one is switched off', () => {
  expect(described([4, 2], 6)).toBe('set: 6 clips of 2 classes train (2 to 4 each); 3 test')
  expect(described([4, 2], 10)).toContain('(2 to 4 each), 4 left out by the cut (imbalance=1 keeps them); 3 test')
  expect(described([4, 2], 10, { imbalance: 2 })).toContain(', 4 left out by the cut; 3 test')
})

it('says that people may be in both parts where clips are divided one by one and nobody knows the performers', () => {
  const [line, note, ...rest] = described([4, 4], undefined, { protocol: 'folds:clip:1/5' }).split('\n')
  expect(line).toBe('set: 8 clips of 2 classes train (4 each); 3 test')
  expect(note).toMatch(/people may be in both parts\. .*labels\.csv/)
  expect(rest).toEqual([])
})
