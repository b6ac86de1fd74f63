import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeFrameRate, framesAtRate } from '../../src/skeleton/change-frame-rate.ts'
import { randomPoints } from './random-points.ts'

/** One person, one joint with one coordinate. */
const track = (...values: number[]) => ({
  points: { data: Float32Array.from(values), persons: 1, frames: values.length, joints: 1, channels: 1 },
})
const values = (poses: { points: { data: Float32Array } }) => Array.from(poses.points.data)

describe('a clip at another frame rate', () => {
  it('keeps its duration to half a frame, whatever the rates', () => {
    const rate = fc.double({ min: 1, max: 240, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4000 }), rate, rate, (frames, from, to) => {
        const count = framesAtRate(frames, from, to)
        if (count === 1) return // A clip has a frame, however short it is.
        expect(Math.abs(count / to - frames / from)).toBeLessThanOrEqual(0.5 / to + 1e-9)
      }),
    )
  })

  it('shows a uniform motion at its speed', () => {
    const { points } = changeFrameRate(track(...Array.from({ length: 60 }, (_, t) => 3 + t / 60)), 60, 25)
    expect(points.frames).toBe(25)
    for (const [j, value] of points.data.entries()) expect(value).toBeCloseTo(3 + j / 25, 5)
  })

  it('has every recorded frame at a multiple of the rate, and is held after the last one', () => {
    expect(values(changeFrameRate(track(2, 4, 8), 30, 60))).toEqual([2, 3, 4, 6, 8, 8])
    expect(values(changeFrameRate(track(1, 2, 3, 4, 5, 6), 30, 10))).toEqual([1, 4])
  })

  it('gives persons, joints, coordinates and scores their own values', () => {
    const points = randomPoints({ persons: 2, frames: 7, joints: 3, channels: 2 })
    const score = randomPoints({ persons: 2, frames: 7, joints: 3, channels: 1 }, 2).data
    const doubled = changeFrameRate({ points, score }, 15, 30)
    expect(doubled.points).toMatchObject({ persons: 2, frames: 14, joints: 3, channels: 2 })
    const at = (p: number, t: number, v: number, c: number) => points.data[((p * 7 + t) * 3 + v) * 2 + c]
    const middle = ((1 * 14 + 9) * 3 + 2) * 2 + 1
    expect(doubled.points.data[middle]).toBeCloseTo((at(1, 4, 2, 1) + at(1, 5, 2, 1)) / 2, 6)
    const scoreAt = (t: number) => score[(1 * 7 + t) * 3 + 2]
    expect(doubled.score).toHaveLength(2 * 14 * 3)
    expect(doubled.score?.[(1 * 14 + 9) * 3 + 2]).toBeCloseTo((scoreAt(4) + scoreAt(5)) / 2, 6)
  })

  it('is the same clip at the same rate', () => {
    const poses = {
      points: randomPoints({ persons: 1, frames: 5, joints: 2, channels: 3 }),
      score: new Float32Array(10),
    }
    expect(changeFrameRate(poses, 29.97, 29.97)).toBe(poses)
  })

  it('does not mix missing joints with those that are there: the nearer frame counts, of two as near the one with it', () => {
    expect(values(changeFrameRate(track(0, 8, 0), 10, 40))).toEqual([0, 0, 8, 8, 8, 8, 8, 0, 0, 0, 0, 0])
    expect(values(changeFrameRate(track(Number.NaN, 8), 10, 40))).toEqual([NaN, NaN, 8, 8, 8, 8, 8, 8])
    expect(values(changeFrameRate(track(0, 0), 10, 20))).toEqual([0, 0, 0, 0])
  })

  it('takes the score of a joint from the frame that the joint is from', () => {
    const { score } = changeFrameRate({ ...track(0, 8), score: Float32Array.of(0.2, 0.8) }, 10, 40)
    const expected = [0.2, 0.2, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8]
    expect(score).toEqual(Float32Array.from(expected))
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('is refused at a rate of %s', (rate) => {
    expect(() => changeFrameRate(track(1), 30, rate)).toThrow(/number above 0/)
    expect(() => changeFrameRate(track(1), rate, 30)).toThrow(/number above 0/)
  })

  it('is refused where it would be endless', () => {
    expect(() => changeFrameRate(track(1, 2), 1e-9, 30)).toThrow(/too many frames\n.*at most 1000000\n.*2 frames/)
  })
})
