import { expect, it } from 'vitest'
import { validFrames } from '../../../src/augment/time/valid-frames.ts'

const clip = (frames: number[][]) => ({
  data: Float32Array.from([...frames.map(([first]) => first), ...frames.map(([, second]) => second)]),
  persons: 2,
  frames: frames.length,
  joints: 1,
  channels: 1,
})

it('a frame is valid where one of the persons is there', () => {
  // biome-ignore format: one frame per pair
  expect(validFrames(clip([[1, 2], [0, 3], [4, 0], [0, 0]]))).toBe(3)
  expect(validFrames(clip([[0, 0]]))).toBe(0)
})
