import { describe, expect, it } from 'vitest'
import {
  centreOnJoint,
  changeView,
  randomView,
  scaleToUnitRange,
} from '../../src/augment/frame-of-reference/nw-ucla-view.ts'
import { resampleTest, resampleTrain } from '../../src/augment/time/nw-ucla-resample.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { toFloat64 } from '../../src/skeleton/allocate.ts'
import { randomPoints } from '../skeleton/random-points.ts'

const clip = toFloat64(randomPoints({ persons: 1, frames: 4, joints: 20, channels: 3 }))

describe('NW-UCLA views', () => {
  it('centre on joint 1 of the first frame', () => {
    const centred = centreOnJoint(clip)
    expect(Array.from(centred.data.subarray(3, 6))).toEqual([0, 0, 0])
    expect(centred.data[60]).toBe(clip.data[60] - clip.data[3])
  })

  it('turn row vectors by Ry, then Rx, and scale', () => {
    const point = { ...clip, data: Float64Array.of(1, 2, 3), frames: 1, joints: 1 }
    const aboutX = changeView(point, { degreesX: 90, degreesY: 0, scale: 1 }).data
    const aboutY = changeView(point, { degreesX: 0, degreesY: 90, scale: 2 }).data
    // (x, y, z) Rx(90 degrees) = (x, -z, y); (x, y, z) Ry(90 degrees) = (z, y, -x).
    expect(Array.from(aboutX).map((value) => Math.round(value))).toEqual([1, -3, 2])
    expect(Array.from(aboutY).map((value) => Math.round(value))).toEqual([6, 4, -2])
    const both = changeView(point, { degreesX: 30, degreesY: -20, scale: 0.7 }).data
    const first = changeView(point, { degreesX: 0, degreesY: -20, scale: 0.7 })
    changeView(first, { degreesX: 30, degreesY: 0, scale: 1 }).data.forEach((value, axis) => {
      expect(value).toBeCloseTo(both[axis], 14)
    })
  })

  it('are drawn in whole degrees up to 60 and scales from a half to one and a half', () => {
    const stream = new CounterStream(1)
    for (let i = 0; i < 500; i++) {
      const { degreesX, degreesY, scale } = randomView(stream)
      for (const degrees of [degreesX, degreesY]) {
        expect(Number.isInteger(degrees) && Math.abs(degrees) <= 60).toBe(true)
      }
      expect(scale >= 0.5 && scale < 1.5).toBe(true)
    }
  })

  it('scale every axis of the whole clip to [-1, 1], and a flat axis to 0', () => {
    const flat = { ...clip, data: clip.data.map((value, i) => (i % 3 === 2 ? 4 : value * 7 + 3)) }
    const { data } = scaleToUnitRange(flat)
    for (const axis of [0, 1]) {
      const values = data.filter((_, i) => i % 3 === axis)
      expect([Math.min(...values), Math.max(...values)]).toEqual([-1, 1])
    }
    expect(data.filter((_, i) => i % 3 === 2).every((value) => value === 0)).toBe(true)
    expect(
      scaleToUnitRange(flat, Number.NaN).data.map((value, i) => (i % 3 === 2 ? Number(Number.isNaN(value)) : 0)),
    ).toEqual(data.map((_, i) => (i % 3 === 2 ? 1 : 0)))
  })
})

describe('NW-UCLA frames', () => {
  it('are evenly spaced from the first to the last in the test', () => {
    expect(resampleTest(10, 4)).toEqual([0, 3, 6, 9])
    expect(resampleTest(3, 5)).toEqual([0, 0, 1, 1, 2])
    expect(resampleTest(7, 1)).toEqual([0])
    expect(resampleTest(1, 3)).toEqual([0, 0, 0])
    for (let total = 1; total < 202; total++) expect(resampleTest(total, 52)[51]).toBe(total - 1)
  })

  it('rise in training and cover the clip', () => {
    const indices = resampleTrain(30, 52, new CounterStream(2))
    expect(indices).toHaveLength(52)
    expect([...indices].sort((a, b) => a - b)).toEqual(indices)
    expect(new Set(indices).size).toBeGreaterThan(15)
    expect(new Set(resampleTrain(1, 52, new CounterStream(2)))).toEqual(new Set([0]))
    expect(() => resampleTrain(0, 52, new CounterStream(2))).toThrow(/no frames/)
  })
})
