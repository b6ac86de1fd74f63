import { expect, test } from 'vitest'
import { wilsonInterval } from '../../../src/evaluate/report/wilson.ts'

test('the Wilson interval of 8 hits in 10 is 0.490 to 0.943', () => {
  const [low, high] = wilsonInterval(0.8, 10)
  expect(low).toBeCloseTo(0.4902, 4)
  expect(high).toBeCloseTo(0.9433, 4)
})
