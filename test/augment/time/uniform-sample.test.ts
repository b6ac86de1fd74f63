import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { uniformSampleDecode, uniformSampleTest, uniformSampleTrain } from '../../../src/augment/time/uniform-sample.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { randomPoints } from '../../skeleton/random-points.ts'

const frames = fc.integer({ min: 1, max: 300 })
const length = fc.integer({ min: 1, max: 100 })

describe('uniform sampling', () => {
  it('takes one frame of each of L equal parts when the clip is long', () => {
    fc.assert(
      fc.property(length, fc.integer({ min: 2, max: 4 }), fc.integer(), (clipLength, factor, seed) => {
        const total = clipLength * factor
        const indices = uniformSampleTrain(total, { clipLength }, new CounterStream(seed))
        indices.forEach((index, k) => {
          expect(Math.floor(index / factor)).toBe(k)
        })
      }),
    )
  })

  it('keeps the order and repeats nothing between L and 2 L frames', () => {
    fc.assert(
      fc.property(length, fc.nat(99), fc.integer(), (clipLength, more, seed) => {
        const total = clipLength + (more % clipLength)
        const indices = uniformSampleTrain(total, { clipLength }, new CounterStream(seed))
        for (let k = 1; k < indices.length; k++) expect(indices[k]).toBeGreaterThan(indices[k - 1])
        expect(indices[indices.length - 1]).toBeLessThan(total)
      }),
    )
  })

  it('repeats a short clip in a circle', () => {
    const indices = uniformSampleTrain(5, { clipLength: 12 }, new CounterStream(4))
    indices.forEach((index, k) => {
      expect(index).toBe((indices[0] + k) % 5)
    })
  })

  it('gives frames of the clip only, as many as asked for, inside any interval', () => {
    fc.assert(
      fc.property(frames, length, fc.integer({ min: 1, max: 4 }), fc.integer(), (total, clipLength, clips, seed) => {
        const indices = uniformSampleTrain(
          total,
          { clipLength, clips, interval: total > 1 ? [0.5, 1] : 1 },
          new CounterStream(seed),
        )
        expect(indices).toHaveLength(clips * clipLength)
        for (const index of indices) expect(index >= 0 && index < total).toBe(true)
      }),
    )
  })

  it('spreads the starts of short test clips over the video, and repeats itself', () => {
    const indices = uniformSampleTest(20, { clipLength: 32, clips: 4 })
    expect([0, 32, 64, 96].map((at) => indices[at])).toEqual([0, 5, 10, 15])
    expect(uniformSampleTest(100, { clipLength: 32, clips: 4 })).toEqual(
      uniformSampleTest(100, { clipLength: 32, clips: 4 }),
    )
  })

  it('refuses an empty clip', () => {
    expect(() => uniformSampleTest(0, { clipLength: 4 })).toThrow(/no frames/)
  })

  it('decodes the frames of every person, short clips inside their interval', () => {
    const clip = randomPoints({ persons: 2, frames: 9, joints: 2, channels: 1 })
    clip.data.forEach((_, i) => {
      clip.data[i] = Math.floor(i / 2)
    })
    const sampled = uniformSampleDecode(clip, { clipLength: 12, interval: 0.5 }, new CounterStream(8))
    const shown = Array.from({ length: 12 }, (_, t) => sampled.data[2 * t])
    expect(new Set(shown).size).toBe(4)
    expect(Math.max(...shown) - Math.min(...shown)).toBe(3)
    shown.forEach((frame, t) => {
      expect(sampled.data[2 * (12 + t)]).toBe(frame + 9)
    })
  })
})
