import { expect, test } from 'vitest'
import { wilsonInterval } from '../../../src/evaluate/statistics/wilson.ts'

test('the Wilson interval of 8 hits in 10 is 0.490 to 0.943', () => {
  const [low, high] = wilsonInterval(0.8, 10)
  expect(low).toBeCloseTo(0.4902, 4)
  expect(high).toBeCloseTo(0.9433, 4)
})

test('its ends are the shares from which the observed one is 1.96 standard errors away', () => {
  for (const [hits, total] of [
    [8, 10],
    [1, 400],
    [333, 1000],
  ])
    for (const end of wilsonInterval(hits / total, total))
      expect(Math.abs(hits / total - end) / Math.sqrt((end * (1 - end)) / total)).toBeCloseTo(1.959963984540054, 9)
})

test('it stays in [0, 1], and nothing is known without samples', () => {
  expect(wilsonInterval(0, 5)[0]).toBe(0)
  expect(wilsonInterval(1, 5)[1]).toBe(1)
  expect(wilsonInterval(0, 0)).toEqual([0, 1])
})
