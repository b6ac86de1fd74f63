import { describe, expect, test } from 'vitest'
import { classCounts, profileOfSplit } from '../../../src/data/sampling/long-tail.ts'
import { groupAccuracies, groupsByThirds, groupsByTrainingCount } from '../../../src/evaluate/metrics/shots.ts'

/** Number of classes in each group. */
const sizes = (groups: string[]) => ['many', 'medium', 'few'].map((name) => groups.filter((own) => own === name).length)

describe('groups of classes', () => {
  test('by training clips: many above 100, few below 20', () => {
    expect(groupsByTrainingCount([101, 100, 20, 19, 0])).toEqual(['many', 'medium', 'medium', 'few', 'few'])
  })

  test('NTU60-LT at 100 has 23, 21 and 16 classes by count and three times 20 by thirds', () => {
    const counts = classCounts(profileOfSplit('xsub_train', 60))
    expect(sizes(groupsByTrainingCount(counts))).toEqual([23, 21, 16])
    expect(sizes(groupsByThirds(counts))).toEqual([20, 20, 20])
  })

  test('thirds go by the training count, the rest of the division to the few', () => {
    expect(groupsByThirds([1, 9, 5, 7])).toEqual(['few', 'many', 'few', 'medium'])
  })
})

describe('accuracy of groups', () => {
  test('is the mean over the classes of the group that have test samples', () => {
    const groups = ['many', 'many', 'medium', 'few'] as const
    expect(groupAccuracies([0.5, 1, null, 0.25], groups)).toEqual({ many: 0.75, medium: null, few: 0.25 })
  })

  test('lists of different lengths are refused', () => {
    expect(() => groupAccuracies([1], [])).toThrow('same classes')
  })
})
