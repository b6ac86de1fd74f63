import { describe, expect, it } from 'vitest'
import {
  type HeatmapVolume,
  heatmapClips,
  mirroredLimbs,
  poseHeatmaps,
} from '../../../src/augment/image/pose-heatmaps.ts'
import type { JointPair } from '../../../src/skeleton/layout.ts'
import { coco } from '../../../src/skeleton/layouts/index.ts'

const stick = {
  name: 'stick',
  joints: ['left hand', 'chest', 'right hand'],
  inward: [] as JointPair[],
  mirrored: [[0, 2]] as JointPair[],
  limbs: [
    [1, 0],
    [1, 2],
  ] as JointPair[],
}
const poses = (...coordinates: number[]) => ({
  points: { persons: coordinates.length / 6, frames: 1, joints: 3, channels: 2, data: Float32Array.from(coordinates) },
  imageShape: [8, 10] as const,
})
/** Value of a channel at a column and a row. */
const pixel = ({ data, channels, height, width }: HeatmapVolume, channel: number, x: number, y: number, frame = 0) =>
  data[((frame * channels + channel) * height + y) * width + x]
const gauss = (squared: number, sigma = 0.6) => Math.exp(-squared / (2 * sigma ** 2))

describe('poseHeatmaps of joints', () => {
  const volume = poseHeatmaps(poses(2, 3, 5, 3, 7.5, 3), stick)

  it('are Gaussians of height 1 around the joints', () => {
    expect(pixel(volume, 0, 2, 3)).toBe(1)
    expect(pixel(volume, 0, 3, 4)).toBeCloseTo(gauss(2), 6)
    expect(pixel(volume, 2, 7, 3)).toBeCloseTo(gauss(0.25), 6)
    expect(pixel(volume, 2, 8, 3)).toBeCloseTo(gauss(0.25), 6)
  })

  it('end three deviations from the joint, whole numbers taken towards zero', () => {
    // 2 - 1.8 = 0.2 and 2 + 1.8 = 3.8: columns 0 to 3.
    expect(pixel(volume, 0, 0, 3)).toBeGreaterThan(0)
    expect(pixel(volume, 0, 3, 3)).toBeGreaterThan(0)
    expect(pixel(volume, 0, 4, 3)).toBe(0)
  })

  it('are as high as the scores, of several persons the highest, and absent for unseen joints', () => {
    const two = poses(2, 3, 5, 3, 7, 3, 2, 3, 5, 3, 7, 3)
    const score = Float32Array.of(0.5, 0.2, 0.0009, 0.25, 0.75, 0)
    const scored = poseHeatmaps({ ...two, score }, stick)
    expect([0, 1, 2].map((channel) => pixel(scored, channel, [2, 5, 7][channel], 3))).toEqual([0.5, 0.75, 0])
    expect(pixel(poseHeatmaps({ ...two, score }, stick, { useScore: false }), 2, 7, 3)).toBe(1)
  })

  it('draw what reaches into the image of a joint outside, and nothing of one that is far away', () => {
    const outside = poseHeatmaps(poses(-1, 3, -50, 3, 9, 3), stick)
    expect(pixel(outside, 0, 0, 3)).toBeCloseTo(gauss(1), 6)
    const far = outside.data.subarray(80, 160)
    expect(far.every((value) => value === 0)).toBe(true)
  })

  it('scale image and joints together', () => {
    const { height, width, data } = poseHeatmaps(poses(4, 6, 5, 3, 7, 3), stick, { scaling: 0.5 })
    expect([height, width]).toEqual([4, 5])
    expect(data[3 * width + 2]).toBe(1)
    expect(poseHeatmaps({ ...poses(4, 6, 5, 3, 7, 3), imageShape: [7, 9] }, stick, { scaling: 0.5 }).height).toBe(4)
  })
})

describe('poseHeatmaps of limbs', () => {
  const options = { channels: 'limbs' } as const

  it('fall off with the distance from the segment', () => {
    const volume = poseHeatmaps(poses(2, 3, 6, 3, 6, 7), stick, options)
    expect(volume.channels).toBe(2)
    for (const x of [2, 3, 4, 5, 6]) expect(pixel(volume, 0, x, 3)).toBe(1)
    expect(pixel(volume, 0, 4, 4)).toBeCloseTo(gauss(1), 6)
    expect(pixel(volume, 0, 1, 2)).toBeCloseTo(gauss(2), 6)
    expect(pixel(volume, 1, 6, 5)).toBe(1)
  })

  it('measure slanted segments at a right angle', () => {
    const volume = poseHeatmaps(poses(6, 6, 2, 2, 2, 2), stick, options)
    expect(pixel(volume, 0, 4, 4)).toBeCloseTo(1, 6)
    expect(pixel(volume, 0, 5, 3)).toBeCloseTo(gauss(2), 6)
  })

  it('have the lower score of their ends, but a short one is its start with the start’s score', () => {
    const score = Float32Array.of(0.25, 0.5, 0.125)
    const volume = poseHeatmaps({ ...poses(2, 3, 6, 3, 6.5, 3.5), score }, stick, options)
    expect(pixel(volume, 0, 4, 3)).toBe(0.25)
    expect(pixel(volume, 1, 6, 3)).toBe(0.5)
  })
})

describe('doubled heatmaps', () => {
  it('append the mirror image with left and right exchanged', () => {
    const volume = poseHeatmaps(poses(2, 3, 5, 3, 8, 6), stick, { double: true })
    expect(volume.frames).toBe(2)
    const frame = Array.from({ length: 3 * 80 }, (_, i) => [Math.floor(i / 80), i % 10, Math.floor((i % 80) / 10)])
    const mirrored = frame.map(([channel, x, y]) => pixel(volume, 2 - channel, 9 - x, y))
    expect(frame.map(([channel, x, y]) => pixel(volume, channel, x, y, 1))).toEqual(mirrored)
  })

  it('exchange the channels that are named instead', () => {
    const volume = poseHeatmaps(poses(2, 3, 5, 3, 8, 6), stick, { double: true, exchanged: [[0, 1]] })
    expect(pixel(volume, 0, 9 - 5, 3, 1)).toBe(1)
    expect(pixel(volume, 1, 9 - 2, 3, 1)).toBe(1)
    expect(pixel(volume, 2, 9 - 8, 6, 1)).toBe(1)
  })

  it('exchange the limbs of COCO as the lists of PYSKL do', () => {
    const [left, right] = [
      [0, 2, 4, 5, 6, 10, 11, 12],
      [1, 3, 7, 8, 9, 13, 14, 15],
    ]
    const order = mirroredLimbs(coco)
    left.forEach((limb, i) => {
      expect([order[limb], order[right[i]]]).toEqual([right[i], limb])
    })
    expect(order[16]).toBe(16)
  })
})

describe('heatmapClips', () => {
  it('put channels before time, mirrored clips last', () => {
    const volume = poseHeatmaps(poses(2, 3, 5, 3, 8, 6), stick, { double: true })
    const clips = heatmapClips(volume, 1)
    expect(clips).toHaveLength(2)
    expect(clips[1]).toEqual(volume.data.slice(240))
    const whole = heatmapClips(volume, 2)[0]
    expect(whole.subarray(80, 160)).toEqual(volume.data.subarray(240, 320))
    expect(() => heatmapClips(volume, 3)).toThrow(/multiple of 3/)
  })
})

it('poses of other joints are refused', () => {
  expect(() => poseHeatmaps(poses(2, 3, 5, 3, 8, 6), coco)).toThrow(/17 joints/)
})
