import { describe, expect, it } from 'vitest'
import { backwards, framesAtPlaces, timedFrames } from '../../../src/augment/time/timed-frames.ts'

/** One joint whose coordinate is the number of its frame, from 1. */
const clock = (frames: number) => ({
  data: Float32Array.from({ length: frames }, (_, t) => t + 1),
  ...{ persons: 1, frames, joints: 1, channels: 1 },
})

describe('frames with their places', () => {
  it('have places from -1 on, in proportion to the clip', () => {
    const { points, index } = timedFrames(clock(8), [0, 2, 4, 7], 8)
    expect([...points.data]).toEqual([1, 3, 5, 8])
    expect([...index]).toEqual([-1, -0.5, 0, 0.75])
  })

  it('are interpolated together with their places', () => {
    const { points, index } = timedFrames(clock(4), [0, 1, 2, 3], 4, 7)
    points.data.forEach((number, i) => {
      expect((2 * (number - 1)) / 4 - 1).toBeCloseTo(index[i], 6)
    })
    expect([points.frames, index.length]).toEqual([7, 7])
  })

  it('are zeros behind the clip', () => {
    expect([...timedFrames(clock(3), [2, 3, 4], 3).points.data]).toEqual([3, 0, 0])
  })

  it('are found again at their places, and in proportion in a longer clip', () => {
    const { points, index } = timedFrames(clock(9), [1, 4, 6], 9)
    expect(framesAtPlaces(clock(9), index, 9)).toEqual(points)
    expect([...framesAtPlaces(clock(18), index, 18).data]).toEqual([3, 9, 13])
  })

  it('are reversed with their places', () => {
    const clip = timedFrames(clock(4), [0, 1, 3], 4)
    expect([...backwards(clip).points.data]).toEqual([4, 2, 1])
    expect([...backwards(clip).index]).toEqual([1, 0.5, -0.5])
    expect(backwards(backwards(clip))).toEqual(clip)
  })
})
