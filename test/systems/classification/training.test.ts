import { expect, it } from 'vitest'
import { resultOf } from '../../../src/systems/classification/results.ts'
import { testCurves } from '../../../src/systems/classification/training.ts'
import { smallData } from '../small-runs.ts'

it('the curves of a run count equal scores as its results do', () => {
  const { dataset, split } = smallData()
  const test = split.test.filter((index) => dataset.entries[index].label === 0)
  const problem = { dataset, train: split.train, test, trainCounts: [4, 4, 4, 4], largest: 4 }
  // Classes 0 and 1 share the votes of every clip.
  const [samples, classes] = [test.length, 4]
  const data = Float64Array.from({ length: samples * classes }, (_, i) => (i % classes < 2 ? 0.5 : 0))
  const scores = { data, samples, classes }
  const { 'top-1-test': top1, 'test-loss': loss } = testCurves(scores, problem)
  // Of equal scores the lower class comes first.
  expect(top1).toBe(1)
  expect(resultOf(scores, problem).top1).toBe(top1)
  expect(loss).toBeCloseTo(Math.log(2), 12)
})
