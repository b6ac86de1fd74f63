import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trimmedUniformTest, trimmedUniformTrain } from '../../../src/augment/time/trimmed-uniform.ts'
import { centreSpan, randomSpan } from '../../../src/augment/time/valid-span.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'

const lengths = fc.integer({ min: 1, max: 400 })
const seeds = fc.integer()
const steps = (frames: readonly number[]) => frames.slice(1).map((frame, i) => frame - frames[i])

describe('trimmed-uniform sampling', () => {
  it('takes frames at distances that differ by one at most, in the test', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 2, max: 80 }), (valid, window) => {
        const frames = trimmedUniformTest(valid, 0.95, { window })
        expect(frames.length).toBe(Math.min(window, Math.min(valid, Math.max(64, Math.floor(0.95 * valid)))))
        expect(new Set(steps(frames)).size).toBeLessThanOrEqual(2)
      }),
    )
  })

  it('reads one frame behind a clip of 40 to 64 frames in the test, as released, and never behind longer ones', () => {
    for (const valid of [40, 50, 64]) expect(trimmedUniformTest(valid, 0.95).at(-1)).toBe(valid)
    for (const valid of [39, 65, 66, 100, 300]) expect(trimmedUniformTest(valid, 0.95).at(-1)).toBeLessThan(valid)
  })

  it('takes different frames of the clip in rising order, in training', () => {
    fc.assert(
      fc.property(lengths, seeds, (valid, seed) => {
        const frames = trimmedUniformTrain(valid, [0.5, 1], {}, new CounterStream(seed))
        expect(frames.length).toBe(Math.min(64, valid))
        expect(Math.min(...steps(frames), 1)).toBeGreaterThanOrEqual(1)
        expect(frames[0]).toBeGreaterThanOrEqual(0)
        expect(frames.at(-1)).toBeLessThan(valid)
      }),
    )
  })

  it('leaves out single frames of less than two windows, and may take any frame of them', () => {
    const taken = new Set<number>()
    for (let seed = 0; seed < 30; seed++) {
      const frames = trimmedUniformTrain(100, [1, 1], {}, new CounterStream(seed))
      expect(Math.max(...steps(frames))).toBe(2)
      for (const frame of frames) taken.add(frame)
    }
    expect(taken.size).toBe(100)
  })
})

describe('spans of the valid frames', () => {
  it('lie in the middle, or anywhere inside', () => {
    fc.assert(
      fc.property(lengths, seeds, (valid, seed) => {
        const centre = centreSpan(valid, 0.9)
        expect(2 * centre.start + centre.length).toBe(valid)
        const { start, length } = randomSpan(valid, [0.5, 1], new CounterStream(seed))
        expect(length).toBeGreaterThanOrEqual(Math.min(valid, 64))
        expect(start).toBeGreaterThanOrEqual(0)
        expect(start + length).toBeLessThanOrEqual(valid)
      }),
    )
  })

  it.each([
    [0, [0.5, 1], /at least one valid frame/],
    [10, [0, 1], /0 to 1/],
    [10, [1, 0.5], /1 to 0\.5/],
    [10, [0.5, 1.5], /0\.5 to 1\.5/],
  ] as const)('refuse %s frames and the shares %j', (valid, shares, message) => {
    expect(() => randomSpan(valid, shares, new CounterStream(1))).toThrow(message)
  })
})
