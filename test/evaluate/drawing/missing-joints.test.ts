import { expect, test } from 'vitest'
import { withoutMissingJoints } from '../../../src/evaluate/drawing/missing-joints.ts'

/** Coordinates (T, V, 1) of one person; which joints are drawn. */
function drawn(frames: readonly (readonly number[])[]): boolean[][] {
  const joints = frames[0].length
  const data = Float32Array.from(frames.flat())
  const points = withoutMissingJoints({ data, persons: 1, frames: frames.length, joints, channels: 1 })
  return frames.map((_, frame) =>
    Array.from(points.data.subarray(frame * joints, (frame + 1) * joints), (value) => !Number.isNaN(value)),
  )
}

test('a joint at 0 in some frames was not found there', () => {
  expect(
    drawn([
      [1, 2],
      [1, 0],
    ]),
  ).toEqual([
    [true, true],
    [true, false],
  ])
})

test('one joint at 0 in all frames is the origin; several were never found', () => {
  expect(
    drawn([
      [0, 2],
      [0, 3],
    ]),
  ).toEqual([
    [true, true],
    [true, true],
  ])
  expect(
    drawn([
      [0, 0, 2],
      [0, 0, 3],
    ]),
  ).toEqual([
    [false, false, true],
    [false, false, true],
  ])
})

test('frames without the person count for nothing', () => {
  expect(
    drawn([
      [0, 2],
      [0, 0],
    ]),
  ).toEqual([
    [true, true],
    [true, true],
  ])
})
