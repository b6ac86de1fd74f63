import { describe, expect, it } from 'vitest'
import { coco, handmp, nturgbD, nwUcla } from '../../src/skeleton/layouts/index.ts'
import type { Points } from '../../src/skeleton/points.ts'
import { type StreamName, skeletonStreams } from '../../src/skeleton/streams.ts'
import { randomPoints } from './random-points.ts'

const at = (points: Points<Float32Array | Float64Array>, person: number, frame: number, joint: number) => {
  const start = ((person * points.frames + frame) * points.joints + joint) * points.channels
  return Array.from(points.data.subarray(start, start + points.channels))
}
const minus = (a: number[], b: number[]) => a.map((value, c) => Math.fround(value - b[c]))

describe('skeletonStreams', () => {
  const clip = randomPoints({ persons: 2, frames: 4, joints: 25, channels: 3 })

  it('gives the joints as they are', () => {
    expect(skeletonStreams(clip, nturgbD, ['j'])).toEqual(clip)
  })

  it.each([
    ['b', 22, 7],
    ['k', 22, 6],
    ['l', 22, 5],
    ['n', 22, 4],
  ] as [StreamName, number, number][])('%s reaches from joint %i to joint %i', (name, joint, partner) => {
    const stream = skeletonStreams(clip, nturgbD, [name])
    expect(at(stream, 1, 2, joint)).toEqual(minus(at(clip, 1, 2, joint), at(clip, 1, 2, partner)))
    expect(at(stream, 1, 2, 20)).toEqual([0, 0, 0])
  })

  it('takes motions to the next frame, 0 in the last', () => {
    const motion = skeletonStreams(clip, nturgbD, ['jm'])
    expect(at(motion, 1, 1, 3)).toEqual(minus(at(clip, 1, 2, 3), at(clip, 1, 1, 3)))
    expect(at(motion, 0, 3, 3)).toEqual([0, 0, 0])
  })

  it('is the same for a clip that was moved, but for the joints', () => {
    const moved = { ...clip, data: clip.data.map((value) => value + 0.5) }
    for (const name of ['b', 'k', 'jm', 'km'] as const) {
      const before = skeletonStreams(clip, nturgbD, [name]).data
      const after = skeletonStreams(moved, nturgbD, [name]).data
      before.forEach((value, i) => {
        expect(Math.abs(value - after[i])).toBeLessThan(1e-6)
      })
    }
  })

  it('puts several streams side by side in the order written', () => {
    const both = skeletonStreams(clip, nturgbD, ['bm', 'j'])
    expect(both.channels).toBe(6)
    expect(at(both, 0, 1, 5).slice(3)).toEqual(at(clip, 0, 1, 5))
    expect(at(both, 0, 1, 5).slice(0, 3)).toEqual(at(skeletonStreams(clip, nturgbD, ['bm']), 0, 1, 5))
  })

  it('keeps double precision for joints, bones are single', () => {
    const double = { ...clip, data: Float64Array.from(clip.data) }
    expect(skeletonStreams(double, nturgbD, ['jm']).data).toBeInstanceOf(Float64Array)
    expect(skeletonStreams(double, nturgbD, ['b']).data).toBeInstanceOf(Float32Array)
  })

  it('rounds differences to half precision where the clip was stored so', () => {
    const stored = {
      ...clip,
      data: Float32Array.from(clip.data, (value, i) => (i === 0 ? 2048 : i === 3 ? 1.5 : value)),
    }
    expect(skeletonStreams(stored, nturgbD, ['b']).data[0]).toBe(2046.5)
    expect(skeletonStreams(stored, nturgbD, ['b'], { stored: 'float16' }).data[0]).toBe(2046)
  })

  it('averages the scores of image poses, in motions of bodies only', () => {
    for (const [layout, joints, child, parent, isAveraged] of [
      [coco, 17, 7, 5, true],
      [handmp, 21, 2, 1, false],
    ] as const) {
      const poses = randomPoints({ persons: 1, frames: 2, joints, channels: 2 })
      const score = Float32Array.from({ length: 2 * joints }, (_, i) => i / 64)
      const bones = skeletonStreams(poses, layout, ['b'], { score })
      expect(at(bones, 0, 1, child)[2]).toBe((score[joints + child] + score[joints + parent]) / 2)
      const motion = skeletonStreams(poses, layout, ['jm'], { score })
      const [now, next] = [score[child], score[joints + child]]
      expect(at(motion, 0, 0, child)[2]).toBe(isAveraged ? (now + next) / 2 : next - now)
    }
  })

  it('refuses scores of 3-D poses, other layouts and unknown streams', () => {
    expect(() => skeletonStreams(clip, nturgbD, ['j'], { score: new Float32Array(200) })).toThrow(/2-D poses/)
    expect(() => skeletonStreams(clip, nwUcla, ['j'])).toThrow(/20 joints/)
    expect(() => skeletonStreams(clip, nturgbD, ['x' as 'j'])).toThrow(/unknown stream/)
    expect(() => skeletonStreams(clip, nturgbD, [])).toThrow(/at least one stream/)
  })

  it.each([
    ['too few', [0, 1], /2 partners/],
    ['a joint that is not there', [...Array(24).keys(), 25], /0 to 24[\s\S]*partner 25/],
  ])('refuses partners of joints that are not of the layout: %s', (_, partners, message) => {
    expect(() => skeletonStreams(clip, nturgbD, ['b'], { partners: { b: partners } })).toThrow(message)
  })
})
