import { describe, expect, it } from 'vitest'
import { formatGcnInput } from '../../src/augment/format-gcn-input.ts'
import { flip, randomFlip } from '../../src/augment/space/flip.ts'
import { takeFrames } from '../../src/augment/time/frame-order.ts'
import { padTo } from '../../src/augment/time/pad-to.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { coco } from '../../src/skeleton/layouts/index.ts'
import { randomPoints } from '../skeleton/random-points.ts'

const clip = randomPoints({ persons: 1, frames: 6, joints: 5, channels: 3 })

describe('formatGcnInput', () => {
  it('adds persons of zeros and cuts persons off', () => {
    const [two] = formatGcnInput(clip)
    expect(two.persons).toBe(2)
    expect(two.data.subarray(0, 90)).toEqual(clip.data)
    expect(two.data.subarray(90).every((value) => value === 0)).toBe(true)
    expect(formatGcnInput(two, { persons: 1 })).toEqual([clip])
  })

  it('copies a single person when asked to', () => {
    const [three] = formatGcnInput(clip, { persons: 3, mode: 'loop' })
    expect(three.data.subarray(180)).toEqual(clip.data)
  })

  it('cuts the frames into clips, persons inside', () => {
    const clips = formatGcnInput(clip, { clips: 3 })
    expect(clips).toHaveLength(3)
    expect(clips[1].data.subarray(0, 30)).toEqual(takeFrames(clip, [2, 3]).data)
    expect(() => formatGcnInput(clip, { clips: 4 })).toThrow(/multiple of 4/)
  })
})

describe('padTo', () => {
  it('repeats the clip or adds zeros', () => {
    expect(padTo(clip, 8)).toEqual(takeFrames(clip, [0, 1, 2, 3, 4, 5, 0, 1]))
    const zero = padTo(clip, 8, 'zero')
    expect(zero.data.subarray(0, 90)).toEqual(clip.data)
    expect(zero.data.subarray(90).every((value) => value === 0)).toBe(true)
    expect(() => padTo(clip, 5)).toThrow(/1 to 5/)
  })
})

describe('flip', () => {
  const poses = randomPoints({ persons: 1, frames: 2, joints: 17, channels: 2 })
  poses.data.set([0, 0.5], 2 * 5)
  const score = Float32Array.from({ length: 34 }, (_, i) => i)

  it('mirrors x, exchanges sides and leaves missing joints at 0', () => {
    const flipped = flip(poses, 640, coco.mirrored, score)
    expect(flipped.points.data[0]).toBe(Math.fround(640 - poses.data[0]))
    expect(Array.from(flipped.points.data.subarray(12, 14))).toEqual([0, 0.5])
    expect(Array.from(flipped.score ?? []).slice(0, 5)).toEqual([0, 2, 1, 4, 3])
  })

  it('undoes itself', () => {
    const twice = flip(flip(poses, 64, coco.mirrored).points, 64, coco.mirrored).points
    twice.data.forEach((value, i) => {
      expect(value).toBeCloseTo(poses.data[i], 5)
    })
  })

  it('happens with its probability', () => {
    const stream = new CounterStream(1)
    const options = { probability: 0.25, width: 640, mirrored: coco.mirrored }
    let count = 0
    for (let i = 0; i < 400; i++) if (randomFlip(poses, options, stream).points !== poses) count++
    expect(Math.abs(count - 100)).toBeLessThan(40)
  })
})

describe('takeFrames', () => {
  it('refuses frames that are not there', () => {
    expect(() => takeFrames(clip, [0, 6])).toThrow(/0 to 5/)
  })
})
