import { describe, expect, it } from 'vitest'
import { poseKind, preNormalize } from '../../../src/augment/frame-of-reference/pre-normalize.ts'
import { preNormalize2d } from '../../../src/augment/frame-of-reference/pre-normalize-2d.ts'
import { preNormalize3d } from '../../../src/augment/frame-of-reference/pre-normalize-3d.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import {
  coco,
  coco13,
  h2oObject,
  jhmdb,
  layouts,
  mediapipePoseWorld,
  nturgbD,
} from '../../../src/skeleton/layouts/index.ts'
import { randomPoints } from '../../skeleton/random-points.ts'

const clip = randomPoints({ persons: 1, frames: 5, joints: 25, channels: 3 })
const joint = (data: ArrayLike<number>, v: number) => [data[3 * v], data[3 * v + 1], data[3 * v + 2]]

describe('preNormalize3d', () => {
  it('puts the middle of the spine at the origin, the spine upright and the shoulders across', () => {
    const { points, bodyCenter } = preNormalize3d(clip)
    expect(bodyCenter).toEqual(joint(clip.data, 1))
    expect(joint(points.data, 1)).toEqual([0, 0, 0])
    const shoulders = joint(points.data, 8).map((value, axis) => value - joint(points.data, 4)[axis])
    expect(shoulders[0]).toBeGreaterThan(0)
    expect(Math.abs(shoulders[1])).toBeLessThan(1e-6)
    expect(Math.abs(shoulders[2])).toBeLessThan(1e-6)
  })

  it('keeps all distances between joints', () => {
    const { points } = preNormalize3d(clip)
    const distance = (data: ArrayLike<number>, a: number, b: number) =>
      Math.hypot(...joint(data, a).map((value, axis) => value - joint(data, b)[axis]))
    for (let v = 2; v < 120; v += 7) {
      expect(distance(points.data, v, 3)).toBeCloseTo(distance(clip.data, v, 3), 5)
    }
  })

  it('removes frames without the main person, and leaves missing joints at 0', () => {
    const data = Float32Array.from(clip.data)
    data.fill(0, 75, 150)
    data.fill(0, 150 + 6, 150 + 9)
    const { points } = preNormalize3d({ ...clip, data })
    expect(points.frames).toBe(4)
    expect(joint(points.data, 25 + 2)).toEqual([0, 0, 0])
  })

  it('puts the person with strictly more frames first', () => {
    const two = randomPoints({ persons: 2, frames: 4, joints: 25, channels: 3 })
    const options = { alignSpine: false, alignCenter: false }
    expect(preNormalize3d(two, options).points.data).toEqual(Float64Array.from(two.data))
    const data = Float32Array.from(two.data)
    data.fill(0, 0, 75)
    const { points } = preNormalize3d({ ...two, data }, options)
    expect(points.frames).toBe(4)
    expect(Array.from(points.data.subarray(0, 300))).toEqual(Array.from(data.subarray(300)))
  })

  it('returns an empty clip as it is', () => {
    const empty = { ...clip, data: new Float32Array(clip.data.length) }
    const { points, bodyCenter } = preNormalize3d(empty)
    expect(points.frames).toBe(5)
    expect(bodyCenter).toBeUndefined()
  })

  it('centres in half precision when the clip was stored so', () => {
    const data = Float32Array.from(clip.data)
    data.set([2048, 0, 0], 3)
    data.set([1.5, 0, 0], 6)
    const { points } = preNormalize3d({ ...clip, data }, { stored: 'float16', alignSpine: false })
    // 1.5 - 2048 = -2046.5 lies between half-precision numbers one apart.
    expect(points.data[6]).toBe(-2046)
  })

  it('rounds the length of the spine as NumPy does in single precision', () => {
    const data = new Float32Array(75)
    data.set([0.1, 2.8, 0.7], 3)
    const pose = { ...clip, frames: 1, data }
    const { points } = preNormalize3d(pose, { alignCenter: false })
    // By NumPy 2.4. What is left across the axis is the rounding.
    const expected = [9.807504391945443e-10, 2.7461011020690762e-8, 2.8879057665685557]
    joint(points.data, 1).forEach((value, axis) => {
      expect(value).toBeCloseTo(expected[axis], 13)
    })
  })

  it('refuses three persons', () => {
    expect(() => preNormalize3d(randomPoints({ persons: 3, frames: 1, joints: 25, channels: 3 }))).toThrow(/1 or 2/)
  })
})

describe('preNormalize2d', () => {
  const stream = new CounterStream(3)
  const poses = {
    ...randomPoints({ persons: 1, frames: 2, joints: 17, channels: 2 }),
    data: Float32Array.from({ length: 68 }, (_, i) => stream.uniform(0, i % 2 === 0 ? 640 : 480)),
  }

  it('takes the image to [-1, 1]', () => {
    const corners = { ...poses, frames: 1, joints: 3, data: Float32Array.of(0, 0, 320, 240, 640, 480) }
    const { data, channels } = preNormalize2d(corners, { imageShape: [480, 640] })
    expect(channels).toBe(2)
    expect(Array.from(data)).toEqual([-1, -1, 0, 0, 1, 1])
  })

  it('takes the box of the joints that were seen to [-1, 1], unseen ones to 0', () => {
    const score = Float32Array.from({ length: 34 }, (_, i) => (i === 4 ? 0.01 : 0.8))
    const { data } = preNormalize2d(poses, { mode: 'auto', score })
    expect(Array.from(data.subarray(12, 15))).toEqual([0, 0, Math.fround(0.01)])
    for (const axis of [0, 1]) {
      const values = data.filter((_, i) => i % 3 === axis && Math.floor(i / 3) !== 4)
      expect(Math.min(...values)).toBeCloseTo(-1, 6)
      expect(Math.max(...values)).toBeCloseTo(1, 6)
    }
  })

  it('leaves the pixels of a pose of at most ten pixels alone', () => {
    const small = { ...poses, frames: 1, joints: 2, data: Float32Array.of(100, 100, 110, 200) }
    expect(preNormalize2d(small, { mode: 'auto' }).data).toEqual(small.data)
  })
})

describe('preNormalize', () => {
  const inSpace = layouts.filter(({ axes }) => axes !== undefined)

  it.each(inSpace.map((layout) => [layout.name, layout] as const))(
    'puts the origin of %s at 0, its trunk upright and its shoulders to the front',
    (_, layout) => {
      const clip = randomPoints({ persons: 1, frames: 2, joints: layout.joints.length, channels: 3 }, 5)
      const { data } = preNormalize(clip, layout)
      const middle = (group: number | readonly number[]) =>
        [0, 1, 2].map((axis) => {
          const joints = [group].flat() as number[]
          return joints.reduce((sum, v) => sum + data[3 * v + axis], 0) / joints.length
        })
      for (const value of middle(layout.axes!.origin)) expect(Math.abs(value)).toBeLessThan(1e-6)
      const [right, left] = layout.axes!.across.map(middle)
      expect(right[0] - left[0]).toBeGreaterThan(0)
      for (const axis of [1, 2]) expect(Math.abs(right[axis] - left[axis])).toBeLessThan(1e-6)
    },
  )

  it('is PreNormalize3D of PYSKL for NTU RGB+D', () => {
    const { points } = preNormalize3d(clip)
    expect(preNormalize(clip, nturgbD).data).toEqual(Float32Array.from(points.data))
  })

  it('takes pixels by the image or by the box around the joints', () => {
    const poses = randomPoints({ persons: 1, frames: 1, joints: 17, channels: 2 })
    poses.data.forEach((value, i) => {
      poses.data[i] = 300 + 200 * value
    })
    const score = new Float32Array(17).fill(1)
    const options = { imageShape: [480, 640], score } as const
    expect(preNormalize(poses, coco, options)).toEqual(preNormalize2d(poses, options))
    expect(preNormalize(poses, coco)).toEqual(preNormalize2d(poses, { mode: 'auto' }))
  })

  it('takes shares of an image to [-1, 1] and leaves relative coordinates alone', () => {
    const share = { persons: 1, frames: 1, joints: 13, channels: 2, data: new Float32Array(26).fill(0.75) }
    expect(preNormalize(share, coco13).data).toEqual(new Float32Array(26).fill(0.5))
    const relative = randomPoints({ persons: 1, frames: 1, joints: 15, channels: 2 })
    expect(preNormalize(relative, jhmdb)).toEqual(relative)
  })

  it('knows the kind of a clip by its layout and channels', () => {
    const of = (channels: number) => randomPoints({ persons: 1, frames: 1, joints: 1, channels })
    expect(poseKind(of(3), mediapipePoseWorld)).toBe('space')
    expect(poseKind(of(2), coco)).toBe('image')
    expect(poseKind(of(3), coco)).toBe('scored image')
    expect(poseKind(of(2), coco, [1])).toBe('scored image')
    expect(() => poseKind(of(2), nturgbD)).toThrow(/2 channels/)
    expect(() => poseKind(of(3), coco, [1])).toThrow(/3 channels and scores/)
  })

  it('refuses poses in space whose layout states no axes', () => {
    const box = randomPoints({ persons: 1, frames: 1, joints: 21, channels: 3 })
    expect(() => preNormalize(box, h2oObject)).toThrow(/axes/)
  })
})
