import { describe, expect, it } from 'vitest'
import { placedClip } from '../../src/attack/placed-clip.ts'
import { preNormalizeAgcn } from '../../src/augment/frame-of-reference/pre-normalize-agcn.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { layoutByName } from '../../src/skeleton/layouts/index.ts'
import type { Points } from '../../src/skeleton/points.ts'

const layout = layoutByName('nturgb+d')
const axes = layout.axes!
const UPRIGHT = { upright: true, metre: 1 }
const stream = new CounterStream(1)

/** Two persons in three frames; the second one is missing in the last. */
function clip(): Points {
  const data = Float32Array.from({ length: 2 * 3 * 75 }, () => stream.uniform(-1, 1))
  data.fill(0, 5 * 75)
  return { data, persons: 2, frames: 3, joints: 25, channels: 3 }
}

const recording = clip()

/** The coordinates of a joint, or the middle of several, of the first person. */
function place({ data }: Points, group: number | readonly number[], frame = 0): number[] {
  const joints = typeof group === 'number' ? [group] : group
  return [0, 1, 2].map(
    (c) => joints.reduce((sum, joint) => sum + data[(frame * 25 + joint) * 3 + c], 0) / joints.length,
  )
}

function moved({ data, ...points }: Points, by: (value: number, i: number) => number): Points {
  return { ...points, data: data.map((value, i) => (value === 0 ? 0 : by(value, i))) }
}

function expectClose(actual: Points, expected: Points) {
  expect(Math.max(...actual.data.map((value, i) => Math.abs(value - expected.data[i])))).toBeLessThan(1e-5)
}

describe('a clip as an attacked network sees it', () => {
  it('is pre-normalised as for 2s-AGCN', () => {
    const alone = { ...recording, persons: 1, data: recording.data.slice(0, 3 * 75) }
    expectClose(placedClip(alone, layout, UPRIGHT).points, preNormalizeAgcn(alone))
  })

  it('is the same wherever the recording has its origin', () => {
    const elsewhere = moved(recording, (value, i) => value + [3, -1, 0.5][i % 3])
    const [one, other] = [recording, elsewhere].map((points) => placedClip(points, layout, UPRIGHT).points)
    expectClose(other, one)
  })

  it('is counted in metres', () => {
    const millimetres = moved(recording, (value) => 1000 * value)
    const options = { upright: false, metre: 1000 }
    expectClose(
      placedClip(millimetres, layout, options).points,
      placedClip(recording, layout, { ...options, metre: 1 }).points,
    )
  })

  it('leads back to the recording, each displacement turned back with its length', () => {
    const placed = placedClip(recording, layout, { upright: true, metre: 100 })
    expectClose(placed.recorded(placed.points), recording)
    const shifts = [0.01, 0.02, 0.02]
    const pushed = { ...placed.points, data: placed.points.data.map((value, i) => value + shifts[i % 3]) }
    const back = placed.recorded(pushed)
    for (let row = 0; row < 5 * 25; row++) {
      const shift = [0, 1, 2].map((c) => back.data[3 * row + c] - recording.data[3 * row + c])
      expect(Math.hypot(...shift)).toBeCloseTo(3, 3)
    }
  })

  it('leaves missing joints missing, whatever was done to them', () => {
    const placed = placedClip(recording, layout, UPRIGHT)
    expect(placed.points.data.subarray(5 * 75).every((value) => value === 0)).toBe(true)
    const all = { ...placed.points, data: placed.points.data.map((value) => value + 1) }
    expect(
      placed
        .recorded(all)
        .data.subarray(5 * 75)
        .every((value) => value === 0),
    ).toBe(true)
  })

  it('keeps the last known origin while that joint is missing', () => {
    const gap = moved(recording, (value) => value)
    for (const joint of [axes.origin].flat()) gap.data.fill(0, (25 + joint) * 3, (25 + joint + 1) * 3)
    const { points } = placedClip(gap, layout, { upright: false, metre: 1 })
    const origin = place(gap, axes.origin, 0)
    expect(points.data[75 + 30]).toBeCloseTo(gap.data[75 + 30] - origin[0], 5)
  })

  it('stays 0 without persons', () => {
    const nobody = moved(recording, () => 0)
    const placed = placedClip(nobody, layout, UPRIGHT)
    expect(placed.points.data.every((value) => value === 0)).toBe(true)
    expect(placed.recorded(placed.points).data.every((value) => value === 0)).toBe(true)
  })
})
