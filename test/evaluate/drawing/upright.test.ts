import { describe, expect, test } from 'vitest'
import { turnUpright, upwardsIn } from '../../../src/evaluate/drawing/upright.ts'
import type { Points } from '../../../src/skeleton/points.ts'

const SPACE = { joints: ['left foot', 'right foot', 'head'], dimensions: 3 } as const
const IMAGE = { ...SPACE, dimensions: 2 } as const

const pose = (joints: readonly (readonly number[])[]): Points => {
  const channels = joints[0].length
  return { data: Float32Array.from(joints.flat()), persons: 1, frames: 1, joints: joints.length, channels }
}
const FEET = [
  [0.2, 0, 0],
  [-0.2, 0, 0],
]

describe('which way is up', () => {
  test.each([
    [[0, 1.7, 0], { axis: 1, sign: 1 }],
    [[0, -1.7, 0.1], { axis: 1, sign: -1 }],
    [[0.1, 0.3, 1.7], { axis: 2, sign: 1 }],
    [[-1.7, 0, 0.3], { axis: 0, sign: -1 }],
  ])('a head at %j above feet at the origin', (head, expected) => {
    expect(upwardsIn([pose([...FEET, head])], SPACE)).toEqual(expected)
  })

  test('most of the clips decide, and a joint at 0 counts for nothing', () => {
    const standing = pose([...FEET, [0, 0, 1.7]])
    const lying = pose([...FEET, [1.7, 0, 0]])
    expect(upwardsIn([lying, standing, standing], SPACE)).toEqual({ axis: 2, sign: 1 })
    const unseen = pose([
      [0.2, 0, -1],
      [0, 0, 0],
      [0, 0, 1.7],
    ])
    expect(upwardsIn([unseen], SPACE)).toEqual({ axis: 2, sign: 1 })
  })

  test('in an image it is the second coordinate, downwards unless poses say otherwise', () => {
    const upsideDown = pose([
      [5, 10],
      [6, 10],
      [9, 2],
    ])
    expect(upwardsIn([upsideDown], IMAGE)).toEqual({ axis: 1, sign: -1 })
    expect(upwardsIn([pose([[1, 2]])], { joints: ['wrist'], dimensions: 2 })).toEqual({ axis: 1, sign: -1 })
    expect(upwardsIn([pose([[1, 2, 3]])], { joints: ['wrist'], dimensions: 3 })).toEqual({ axis: 1, sign: 1 })
  })
})

describe('a clip turned upright', () => {
  test.each([
    [0, 1],
    [0, -1],
    [1, 1],
    [1, -1],
    [2, 1],
    [2, -1],
  ] as const)('has axis %i, sign %i upwards, and left and right as before', (axis, sign) => {
    const unit = [0, 1, 2].map((i) => [0, 1, 2].map((c) => (i === c ? 1 : 0)))
    const { data } = turnUpright(pose(unit), { axis, sign })
    const [a, b, c] = [0, 3, 6].map((at) => Array.from(data.subarray(at, at + 3)))
    expect([a, b, c][axis][1]).toBe(sign)
    // The determinant of a rotation is 1, that of a reflection -1.
    const determinant =
      a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])
    expect(determinant).toBe(1)
  })

  test('in an image is turned over, and loses what is not drawn', () => {
    const { data, channels } = turnUpright(pose([[3, 5]]), { axis: 1, sign: -1 })
    expect([Array.from(data), channels]).toEqual([[3, -5], 2])
    expect(Array.from(turnUpright(pose([[1, 2, 3, 9]]), { axis: 1, sign: 1 }).data)).toEqual([1, 2, 3])
  })
})
