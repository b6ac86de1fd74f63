import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EncodedClip, encodeClip } from '../../../src/evaluate/drawing/encode-clip.ts'
import type { Points } from '../../../src/skeleton/points.ts'

const settings = { maxFrames: 64, vertical: 'up', framesPerSecond: 30 } as const

function decode(clip: EncodedClip): number[] {
  const bytes = Buffer.from(clip.points, 'base64')
  return Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(2 * index))
}

function pointsOf(data: number[], [persons, frames, joints, channels]: [number, number, number, number]): Points {
  return { data: Float32Array.from(data), persons, frames, joints, channels }
}

describe('quantised clips', () => {
  test('all distances keep one scale, the largest extent fills the range', () => {
    // A rectangle of 4 by 2: half its width is the full range of 32767, half its height one half of that.
    const clip = encodeClip(pointsOf([1, 1, 5, 1, 5, 3], [1, 1, 3, 2]), settings)
    expect(decode(clip)).toEqual([-32767, -16383, 32767, -16383, 32767, 16384])
    expect([clip.halfWidth, clip.halfHeight]).toEqual([32767, 16384])
  })

  test('a clip whose second coordinate grows downwards is turned upright', () => {
    const clip = encodeClip(pointsOf([1, 10, 1, 30], [1, 1, 2, 2]), { ...settings, vertical: 'down' })
    expect(decode(clip)).toEqual([0, 32767, 0, -32767])
  })

  test('every joint is within half a quantisation step of where it was', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 6, maxLength: 60 }), (values) => {
        const joints = Math.floor(values.length / 3)
        const data = values.slice(0, 3 * joints)
        const back = decode(encodeClip(pointsOf(data, [1, 1, joints, 3]), settings))
        const axis = (list: number[], c: number) => list.filter((_, index) => index % 3 === c)
        const ranges = [0, 1, 2].map((c) => Math.max(...axis(data, c)) - Math.min(...axis(data, c)))
        const step = Math.max(...ranges) / 2 / 32767
        for (const c of [0, 1, 2]) {
          const [before, after] = [axis(data, c), axis(back, c)]
          for (let joint = 1; joint < joints; joint++) {
            expect(Math.abs((after[joint] - after[0]) * step - (before[joint] - before[0]))).toBeLessThanOrEqual(
              1.001 * step,
            )
          }
        }
      }),
    )
  })
})

describe('time', () => {
  test('long clips keep evenly spaced frames and their length in seconds', () => {
    const frames = 300
    const data = Array.from({ length: frames }, (_, t) => [t + 1, 1, 0, 1, t + 1, 9]).flat()
    const clip = encodeClip(pointsOf(data, [1, frames, 2, 3]), settings)
    expect(clip).toMatchObject({ frames: 64, seconds: 10, persons: 1, joints: 2, channels: 3 })
    const across = decode(clip).filter((_, index) => index % 6 === 0)
    const steps = across.slice(1).map((value, index) => value - across[index])
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.3)
  })

  test('empty frames before and after the motion are cut off', () => {
    const data = [0, 0, 0, 0, 1, 1, 2, 2, 1, 2, 2, 3, 0, 0, 0, 0]
    expect(encodeClip(pointsOf(data, [1, 4, 2, 2]), settings)).toMatchObject({ frames: 2, seconds: 2 / 30 })
  })
})

describe('what is missing', () => {
  test('a person without any joint takes no space', () => {
    expect(encodeClip(pointsOf([1, 1, 2, 2, 0, 0, 0, 0], [2, 1, 2, 2]), settings).persons).toBe(1)
  })

  test('a joint at the origin of an image, or one that is no number, is marked', () => {
    const data = [10, 10, 0, 0, 20, 20, Number.NaN, 5]
    expect(decode(encodeClip(pointsOf(data, [1, 1, 4, 2]), settings))).toEqual([
      -32767, -32767, -32768, -32768, 32767, 32767, -32768, -32768,
    ])
  })

  test('a joint at the origin of space is a joint: clips are centred on one', () => {
    expect(decode(encodeClip(pointsOf([0, 0, 0, 0, 2, 0], [1, 1, 2, 3]), settings))).toEqual([
      0, -32767, 0, 0, 32767, 0,
    ])
  })

  test('a clip without any person is empty, not an error', () => {
    expect(encodeClip(pointsOf([0, 0, 0, 0], [1, 2, 1, 2]), settings)).toMatchObject({ persons: 0, points: '' })
  })
})
