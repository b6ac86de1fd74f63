import { describe, expect, it } from 'vitest'
import { bodyMetre } from '../../src/attack/body-metre.ts'
import { defineLayout, type Unit } from '../../src/skeleton/layout.ts'

/** A T: two arms of one bone at the top of a trunk of two. */
const layout = (unit?: Unit) =>
  defineLayout({
    name: 'tee',
    dimensions: 2,
    unit,
    joints: ['top', 'left', 'right', 'middle', 'foot'],
    centre: 0,
    inward: [
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 3],
    ],
  })

const pose = [0, 10, -3, 10, 5, 10, 0, 6, 0, 1].map((value) => value + 100)
const clip = (...poses: number[][]) => ({
  data: Float32Array.from(poses.flat()),
  persons: 1,
  frames: poses.length,
  joints: 5,
  channels: 2,
})

describe('what counts as a metre', () => {
  it.each([
    ['metre', 1],
    ['centimetre', 100],
    ['millimetre', 1000],
  ] as const)('is known of lengths: %s', (unit, expected) => {
    expect(bodyMetre(layout(unit), [])).toBe(expected)
  })

  it('is a share of the longest way along the bones where the unit is no length', () => {
    // From the right hand over the top down to the foot: 5 + 4 + 5 along bones whose ends are there.
    for (const unit of ['pixel', 'relative', undefined] as const)
      expect(bodyMetre(layout(unit), [clip(pose)])).toBeCloseTo(14 / 1.7, 6)
  })

  it('takes the median length of a bone and does not count missing joints', () => {
    const stretched = pose.map((value, i) => (i === 9 ? value - 50 : value))
    const missing = pose.map((value, i) => (i > 7 ? 0 : value))
    expect(bodyMetre(layout('pixel'), [clip(pose, missing, pose), clip(stretched, pose)])).toBeCloseTo(14 / 1.7, 6)
  })

  it('is 1 where there is nobody', () => {
    expect(bodyMetre(layout('pixel'), [clip(new Array(10).fill(0))])).toBe(1)
  })
})
