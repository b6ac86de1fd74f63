import { describe, expect, it } from 'vitest'
import { bonesFromRoot, randomBoneScale } from '../../../src/augment/space/random-bone-scale.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { toFloat64 } from '../../../src/skeleton/allocate.ts'
import { ntuRgbD, nwUcla } from '../../../src/skeleton/layouts/index.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import { randomPoints } from '../../skeleton/random-points.ts'

const clip = toFloat64(randomPoints({ persons: 2, frames: 3, joints: 20, channels: 3 }))

function boneVector({ data, joints }: Points<Float64Array>, pose: number, [parent, child]: readonly number[]) {
  const at = (joint: number) => (pose * joints + joint) * 3
  return [0, 1, 2].map((axis) => data[at(child) + axis] - data[at(parent) + axis])
}

/** How much longer a bone became, in each of the six poses; its direction must be the same. */
function factors(scaled: Points<Float64Array>, bone: readonly number[]): number[] {
  return Array.from({ length: 6 }, (_, pose) => {
    const [before, after] = [boneVector(clip, pose, bone), boneVector(scaled, pose, bone)]
    const factor = Math.hypot(...after) / Math.hypot(...before)
    after.forEach((value, axis) => {
      expect(value).toBeCloseTo(before[axis] * factor, 12)
    })
    return factor
  })
}

describe('random bone lengths', () => {
  it('take the bones of NTU RGB+D in the order of FR-Head', () => {
    // biome-ignore format: a table of bones, counted from 1
    const published = [
      [1, 2], [2, 21], [21, 3], [3, 4], [21, 5], [5, 6], [6, 7], [7, 8], [8, 23], [23, 22], [21, 9], [9, 10], [10, 11],
      [11, 12], [12, 25], [25, 24], [1, 13], [13, 14], [14, 15], [15, 16], [1, 17], [17, 18], [18, 19], [19, 20],
    ]
    expect(bonesFromRoot(ntuRgbD)).toEqual(published.map(([parent, child]) => [parent - 1, child - 1]))
  })

  it('keep directions and joint 0, and are the same in all frames and for both sides', () => {
    const scaled = randomBoneScale(clip, nwUcla, 0.2, new CounterStream(1))
    for (let pose = 0; pose < 6; pose++) {
      const joint = scaled.data.subarray(pose * 60, pose * 60 + 3)
      expect(joint).toEqual(clip.data.subarray(pose * 60, pose * 60 + 3))
    }
    const found = bonesFromRoot(nwUcla).map((bone) => factors(scaled, bone))
    for (const [first, ...others] of found) {
      expect(Math.abs(first - 1)).toBeLessThan(0.2)
      for (const other of others) expect(other).toBeCloseTo(first, 10)
    }
    const [leftElbow, rightElbow] = [factors(scaled, [4, 5])[0], factors(scaled, [8, 9])[0]]
    expect(rightElbow).toBeCloseTo(leftElbow, 10)
    expect(new Set(found.map(([factor]) => factor.toFixed(6))).size).toBe(3 + 4 + 4)
  })

  it('refuse a change of a whole length, and a clip of another layout', () => {
    const stream = new CounterStream(1)
    expect(() => randomBoneScale(clip, nwUcla, 1, stream)).toThrow('out of range')
    expect(() => randomBoneScale(clip, ntuRgbD, 0.2, stream)).toThrow(/25 joints\n.*20/)
    const more = toFloat64(randomPoints({ persons: 1, frames: 1, joints: 25, channels: 3 }))
    expect(() => randomBoneScale(more, nwUcla, 0.2, stream)).toThrow(/20 joints\n.*25/)
  })
})
