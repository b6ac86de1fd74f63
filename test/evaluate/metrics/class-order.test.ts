import { expect, test } from 'vitest'
import { groupSizes, groupSpans, orderByCount, shotGroup } from '../../../src/evaluate/metrics/class-order.ts'

test('many is more than 100 training clips, few is fewer than 20', () => {
  expect([101, 100, 20, 19, 0].map(shotGroup)).toEqual(['many', 'medium', 'medium', 'few', 'few'])
})

test('classes go from many to few, equal ones in their own order', () => {
  expect(orderByCount([5, 50, 500, 50])).toEqual([2, 1, 3, 0])
})

test('groups are stretches of that order', () => {
  const counts = [5, 50, 500, 50]
  expect(groupSpans(orderByCount(counts), counts)).toEqual([
    { group: 'many', start: 0, end: 1 },
    { group: 'medium', start: 1, end: 3 },
    { group: 'few', start: 3, end: 4 },
  ])
})

test('sizes of the groups: many, medium, few', () => {
  expect(groupSizes([5, 50, 500, 50])).toEqual([1, 2, 1])
  expect(groupSizes([])).toEqual([0, 0, 0])
})
