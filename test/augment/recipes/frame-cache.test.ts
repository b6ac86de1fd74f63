import { describe, expect, it } from 'vitest'
import { turnToFront } from '../../../src/augment/frame-of-reference/turn-to-front.ts'
import { frameCache } from '../../../src/augment/recipes/frame-cache.ts'
import { resizeFrames } from '../../../src/augment/time/resize-frames.ts'
import { toFloat32, toFloat64 } from '../../../src/skeleton/allocate.ts'
import { coco, ntuRgbD } from '../../../src/skeleton/layouts/index.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import { rotationY, transformPoints } from '../../../src/skeleton/rotation.ts'
import { randomPoints } from '../../skeleton/random-points.ts'

const clip = randomPoints({ persons: 2, frames: 6, joints: 25, channels: 3 })
/** One joint with one coordinate per frame. */
const series = (...values: number[]): Points<Float64Array> => {
  return { data: Float64Array.from(values), persons: 1, frames: values.length, joints: 1, channels: 1 }
}
/** The clip with all joints of the given frames and person at the origin. */
function without(person: number, frames: readonly number[]): Points {
  const data = clip.data.slice()
  for (const frame of frames) data.fill(0, (person * 6 + frame) * 75, (person * 6 + frame + 1) * 75)
  return { ...clip, data }
}

describe('frames resized', () => {
  // torch.nn.functional.interpolate(mode='linear', align_corners=False)
  it.each([
    [8, [0, 0.25, 0.75, 1.75, 3.25, 5.25, 7.75, 9]],
    [4, [0, 1, 4, 9]],
    [3, [1 / 6, 2.5, 8.166666666666666]],
    [1, [2.5]],
  ])('to %i are those of PyTorch', (count, expected) => {
    const { data, frames } = resizeFrames(series(0, 1, 4, 9), count)
    expect(frames).toBe(count)
    data.forEach((value, t) => {
      expect(value).toBeCloseTo(expected[t], 12)
    })
  })

  // The same of 299 numbers +1, -1, +1, ... in single precision, where double precision is 4e-5 away.
  it.each([
    [44, -0.483367919921875],
    [53, 0.78338623046875],
    [54, -0.81671142578125],
    [55, 0.85003662109375],
  ])('in single precision are rounded as in PyTorch, frame %i of 60', (t, expected) => {
    const alternating = series(...Array.from({ length: 299 }, (_, i) => (i % 2 === 0 ? 1 : -1)))
    expect(resizeFrames(toFloat32(alternating), 60).data[t]).toBeCloseTo(expected, 6)
  })

  it.each([0, 1.5, Number.NaN])('cannot be %f', (count) => {
    expect(() => resizeFrames(clip, count)).toThrow(/cannot be resized/)
  })
})

describe('a pose turned to the front', () => {
  /** One frame with the left shoulder at the origin and the right one 40 cm along x. */
  const front: Points<Float64Array> = toFloat64(randomPoints({ persons: 1, frames: 1, joints: 25, channels: 3 }))
  front.data.set([0, 1.4, 0], 3 * 4)
  front.data.set([0.4, 1.5, 0], 3 * 8)

  it.each([-170, -90, -1, 0, 30, 90, 179])(
    'from %i degrees looks as it did, up to the offset of the length',
    (degrees) => {
      const away = transformPoints(front, rotationY((degrees * Math.PI) / 180))
      // arccos(0.4 / 0.4001) is 1.3 degrees, at most 4 cm in a pose of 1.7 m.
      turnToFront(away, ntuRgbD).data.forEach((value, i) => {
        expect(Math.abs(value - front.data[i])).toBeLessThan(0.05)
        if (i % 3 === 1) expect(value).toBeCloseTo(front.data[i], 12)
      })
    },
  )

  it('keeps a person who is not there at the origin', () => {
    const { data } = turnToFront(without(1, [0, 1, 2, 3, 4, 5]), ntuRgbD)
    expect(data.subarray(6 * 75).every((value) => value === 0)).toBe(true)
  })

  it('needs three dimensions and shoulders', () => {
    const flat = randomPoints({ persons: 1, frames: 1, joints: 17, channels: 2 })
    expect(() => turnToFront(flat, coco)).toThrow(/layout coco.*\n.*three dimensions/)
    expect(() => turnToFront(clip, { ...ntuRgbD, axes: undefined })).toThrow(/found: +no axes/)
  })
})

describe('the frame cache', () => {
  it('has the centre of the body at the origin, and no motion where nothing moves', () => {
    const still = { ...clip, data: clip.data.map((_, i) => clip.data[(i % 75) + 6 * 75 * Math.floor(i / (6 * 75))]) }
    const { position, motion } = frameCache(still, ntuRgbD, 4)
    for (let at = 3 * ntuRgbD.centre; at < position.data.length; at += 75) {
      expect([...position.data.subarray(at, at + 3)].every((value) => value === 0)).toBe(true)
    }
    expect(motion.data.every((value) => value === 0)).toBe(true)
  })

  it('takes as many frames as show the first person, so a gap costs the end', () => {
    const gap = frameCache(without(0, [2]), ntuRgbD, 5)
    const end = frameCache(without(0, [5]), ntuRgbD, 5)
    expect([gap.validLength, end.validLength]).toEqual([5, 5])
    // The other person is there throughout: the first five of six frames, whose positions are not interpolated.
    const second = (points: Points) => points.data.subarray(5 * 75)
    expect(second(gap.motion)).toEqual(second(end.motion))
  })

  it('refuses a clip without the first person', () => {
    expect(() => frameCache(without(0, [0, 1, 2, 3, 4, 5]), ntuRgbD)).toThrow(/the clip is empty/)
  })
})
