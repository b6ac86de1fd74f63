import { describe, expect, it } from 'vitest'
import { decompressPoses } from '../../src/skeleton/decompress-poses.ts'

/** Four detections of one joint: one in frame 1, three in frame 4. */
const compressed = {
  detections: { data: [1, 2, 0.5, 3, 4, 0.25, 5, 6, 0.75, 7, 8, 0.5], joints: 1 },
  frames: [1, 4, 4, 4],
  totalFrames: 6,
  boxScore: [0.9, 0.4, 0.9, 0.6],
}

describe('decompressPoses', () => {
  it('leaves out frames without a pose and fills persons in their order', () => {
    const { points, score } = decompressPoses(compressed)
    expect([points.persons, points.frames]).toEqual([3, 2])
    expect(Array.from(points.data)).toEqual([1, 2, 3, 4, 0, 0, 5, 6, 0, 0, 7, 8])
    expect(Array.from(score)).toEqual([0.5, 0.25, 0, 0.75, 0, 0.5])
  })

  it('keeps all frames of the video when asked to', () => {
    const { points } = decompressPoses(compressed, { squeeze: false })
    expect(points.frames).toBe(6)
    expect(Array.from(points.data.subarray(0, 12))).toEqual([0, 0, 1, 2, 0, 0, 0, 0, 3, 4, 0, 0])
  })

  it('keeps the persons with the highest scores of each frame, equal ones in their order', () => {
    const { points } = decompressPoses(compressed, { maxPersons: 1 })
    expect(Array.from(points.data)).toEqual([1, 2, 5, 6])
    const equal = { ...compressed, detections: { joints: 1, data: [1, 2, 0.5, 3, 4, 0.5, 5, 6, 0.75, 7, 8, 0.5] } }
    expect(Array.from(decompressPoses(equal, { maxPersons: 2 }).points.data)).toEqual([1, 2, 5, 6, 0, 0, 3, 4])
  })

  it('keeps the detections whose box is certain enough', () => {
    const { points } = decompressPoses(compressed, { boxThreshold: 0.5 })
    expect(Array.from(points.data)).toEqual([1, 2, 5, 6, 0, 0, 7, 8])
  })

  it('rounds to half precision', () => {
    const { points } = decompressPoses({ detections: { data: [2049, 0.1, 1], joints: 1 }, frames: [0], totalFrames: 1 })
    expect(Array.from(points.data)).toEqual([2048, 0.0999755859375])
  })

  it('gives no persons for a video without detections', () => {
    const { points } = decompressPoses({ detections: { data: [], joints: 17 }, frames: [], totalFrames: 3 })
    expect([points.persons, points.frames]).toEqual([0, 0])
  })

  it.each([
    ['numbers that are no detections', { detections: { data: [1, 2], joints: 1 } }, /4 detections/],
    ['decreasing frames', { frames: [1, 4, 3, 4] }, /detection 2 in frame 3/],
    ['a frame outside the video', { totalFrames: 4 }, /frame 4/],
    ['box scores of other detections', { boxScore: [1] }, /4 box scores/],
  ])('refuses %s', (_, changes, message) => {
    expect(() => decompressPoses({ ...compressed, ...changes })).toThrow(message)
  })
})
