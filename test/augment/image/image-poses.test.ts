import { describe, expect, it } from 'vitest'
import { poseCompact } from '../../../src/augment/image/pose-compact.ts'
import { cropPoses, randomResizedCrop } from '../../../src/augment/image/random-resized-crop.ts'
import { resizePoses, scaledSize, sizeWithin } from '../../../src/augment/image/resize-poses.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'

const poses = (imageShape: readonly [number, number], ...coordinates: number[]) => ({
  points: { persons: 1, frames: 1, joints: coordinates.length / 2, channels: 2, data: Float32Array.from(coordinates) },
  imageShape,
})

describe('poseCompact', () => {
  const square = poses([100, 200], 40, 20, 80, 60, 0, 0)

  it('makes the padded box of the joints the image, missing joints staying 0', () => {
    const compact = poseCompact(square, { padding: 0.5 })
    expect(compact.imageShape).toEqual([60, 60])
    expect(Array.from(compact.points.data)).toEqual([10, 10, 50, 50, 0, 0])
    expect(compact.crop).toEqual([0.15, 0.1, 0.3, 0.6])
  })

  it('widens or heightens the box to its ratio', () => {
    expect(poseCompact(poses([100, 200], 40, 20, 80, 40), { padding: 0, heightToWidth: 1 }).imageShape).toEqual([
      40, 40,
    ])
    expect(
      poseCompact(poses([100, 200], 40, 20, 80, 40), { padding: 0, heightToWidth: [0.25, 0.4] }).imageShape,
    ).toEqual([20, 50])
  })

  it('reaches beyond the image, or ends at its edges', () => {
    const corner = poses([100, 200], 1, 1, 41, 41)
    expect(poseCompact(corner, { padding: 0.5 }).imageShape).toEqual([60, 60])
    const inside = poseCompact(corner, { padding: 0.5, allowPadding: false })
    expect(inside.imageShape).toEqual([51, 51])
    expect(Array.from(inside.points.data)).toEqual([1, 1, 41, 41])
  })

  it('leaves an image with a small or no pose as it is, and clears what is no number', () => {
    const small = poses([100, 200], 40, 20, 49, 60)
    expect(poseCompact(small)).toEqual(small)
    expect(poseCompact(poses([100, 200], 0, 0)).imageShape).toEqual([100, 200])
    expect(Array.from(poseCompact(poses([100, 200], Number.NaN, 3)).points.data)).toEqual([0, 3])
  })

  it('tells of two crops what is left of the recorded image', () => {
    const compact = poseCompact({ ...square, crop: [0.5, 0, 0.5, 1] }, { padding: 0.5 })
    expect(compact.crop).toEqual([0.575, 0.1, 0.15, 0.6])
  })
})

describe('resizePoses', () => {
  it('scales image and joints', () => {
    const resized = resizePoses(poses([100, 200], 40, 20, 0, 0), [50, 50])
    expect(resized.imageShape).toEqual([50, 50])
    expect(Array.from(resized.points.data)).toEqual([10, 10, 0, 0])
    expect(() => resizePoses(poses([0, 200], 1, 1), [50, 50])).toThrow(/0 x 200/)
  })

  it('finds the size within two edges, or of the shorter side', () => {
    expect(sizeWithin([100, 200], [64, 64])).toEqual([32, 64])
    expect(sizeWithin([100, 200], [-1, 64])).toEqual([64, 128])
    expect(sizeWithin([200, 100], [50, 180])).toEqual([100, 50])
    expect(scaledSize([5, 7], 0.5)).toEqual([3, 4])
  })
})

describe('randomResizedCrop', () => {
  it('counts joints from the corner of the box', () => {
    const cropped = cropPoses(poses([100, 200], 40, 20, 0, 0), { left: 20, top: 10, width: 100, height: 50 })
    expect(cropped.imageShape).toEqual([50, 100])
    expect(Array.from(cropped.points.data)).toEqual([20, 10, -20, -10])
    expect(cropped.crop).toEqual([0.1, 0.1, 0.5, 0.5])
  })

  it('draws boxes inside the image with the area and the ratio asked for', () => {
    const stream = new CounterStream(1)
    for (let i = 0; i < 50; i++) {
      const { imageShape, crop = [0, 0, 1, 1] } = randomResizedCrop(
        poses([640, 480], 1, 1),
        { area: [0.56, 1] },
        stream,
      )
      const [height, width] = imageShape
      expect((height * width) / (640 * 480)).toBeGreaterThan(0.555)
      expect(width / height).toBeGreaterThan(0.745)
      expect(width / height).toBeLessThan(1.34)
      expect(crop[0] + crop[2]).toBeLessThanOrEqual(1)
      expect(crop[1] + crop[3]).toBeLessThanOrEqual(1)
    }
  })

  it('takes the middle of an image in which no box fits', () => {
    const options = { area: [1, 1], aspect: [1, 1] } as const
    const cropped = randomResizedCrop(poses([100, 200], 60, 10), options, new CounterStream(1))
    expect(cropped.imageShape).toEqual([100, 100])
    expect(Array.from(cropped.points.data)).toEqual([10, 10])
  })

  it('refuses ranges that no box has', () => {
    expect(() => randomResizedCrop(poses([9, 9], 1, 1), { area: [0.5, 0.4] }, new CounterStream(1))).toThrow(
      /0.5 to 0.4/,
    )
  })
})
