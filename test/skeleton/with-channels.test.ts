import { expect, it } from 'vitest'
import { withChannels } from '../../src/skeleton/with-channels.ts'

const points = { data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), persons: 2, frames: 1, joints: 2, channels: 2 }

it('leaves the last channels out or adds channels of 0', () => {
  expect([...withChannels(points, 3).data]).toEqual([1, 2, 0, 3, 4, 0, 5, 6, 0, 7, 8, 0])
  expect(withChannels(points, 1)).toEqual({ ...points, channels: 1, data: Float32Array.of(1, 3, 5, 7) })
  expect(withChannels(points, 2)).toBe(points)
})
