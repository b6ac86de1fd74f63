import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bendLimb, buildBody, JOINTS, poseBody } from '../../../src/data/synthetic/body.ts'
import { CHANNELS, type Pose, pose } from '../../../src/data/synthetic/pose.ts'

const BONES: [number, number][] = [
  [0, 1],
  [1, 2],
  [2, 3],
  [2, 4],
  [4, 5],
  [5, 6],
  [6, 7],
  [2, 8],
  [8, 9],
  [9, 10],
  [10, 11],
  [0, 12],
  [12, 13],
  [13, 14],
  [14, 15],
  [0, 16],
  [16, 17],
  [17, 18],
  [18, 19],
]
const MIRROR = [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 16, 17, 18, 19, 12, 13, 14, 15]
const average = buildBody(1.75)

function joints(changes: Partial<Pose>, leftHanded = false): number[][] {
  const out = new Float64Array(JOINTS * 3)
  poseBody(average, pose(changes), leftHanded, out)
  return Array.from({ length: JOINTS }, (_, j) => [...out.subarray(j * 3, j * 3 + 3)])
}

const distance = (a: number[], b: number[]) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

const anyPose = fc
  .array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), { minLength: CHANNELS.length, maxLength: CHANNELS.length })
  .map((values) => Object.fromEntries(CHANNELS.map((channel, i) => [channel, values[i]])) as Pose)

describe('the synthetic body', () => {
  it('stands upright, faces the camera at -z, and has its right hand at +x', () => {
    const p = joints({})
    expect(p[3][1]).toBeGreaterThan(0.9 * 1.75)
    expect(p[3][1]).toBeLessThan(1.75)
    expect(p[11][0]).toBeGreaterThan(0.15)
    expect(p[7][0]).toBeLessThan(-0.15)
    for (const [ankle, toe] of [
      [14, 15],
      [18, 19],
    ]) {
      expect(p[toe][2]).toBeLessThan(p[ankle][2])
      expect(p[ankle][1]).toBeCloseTo(0.039 * 1.75, 2)
    }
  })

  it('keeps the lengths of its bones in every pose', () => {
    const lengths = BONES.map(([a, b]) => distance(joints({})[a], joints({})[b]))
    fc.assert(
      fc.property(anyPose, (any) => {
        const p = joints(any)
        for (const [i, [a, b]] of BONES.entries()) expect(distance(p[a], p[b])).toBeCloseTo(lengths[i], 6)
      }),
      { numRuns: 30 },
    )
  })

  it('performs with the left limbs as in a mirror', () => {
    fc.assert(
      fc.property(anyPose, (any) => {
        const [right, left] = [joints(any), joints(any, true)]
        for (let j = 0; j < JOINTS; j++) {
          const [x, y, z] = left[MIRROR[j]]
          expect(distance(right[j], [-x, y, z])).toBeLessThan(1e-9)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('puts a hand where the pose wants it', () => {
    const p = joints({ handOut: 0.2, handUp: 0.3, handForward: 0.6 })
    const arm = average.upperArm + average.forearm
    expect(p[10][0] - p[8][0]).toBeCloseTo(0.2 * arm, 9)
    expect(p[10][1] - p[8][1]).toBeCloseTo(0.3 * arm, 9)
    expect(p[10][2] - p[8][2]).toBeCloseTo(-0.6 * arm, 9)
  })

  it('turns to its left, bends forward and sits with the knees in front', () => {
    const turned = joints({ yaw: Math.PI / 2 })
    expect(turned[15][0]).toBeLessThan(turned[14][0] - 0.05)
    expect(turned[8][2]).toBeLessThan(turned[4][2])
    const bent = joints({ bend: 1 })
    expect(bent[3][2]).toBeLessThan(bent[0][2] - 0.3)
    const seated = joints({ hipUp: -0.46, hipForward: -0.44 })
    expect(seated[13][2]).toBeLessThan(seated[12][2] - 0.3)
    expect(Math.abs(seated[13][1] - seated[12][1])).toBeLessThan(0.12)
  })
})

describe('a limb of two bones', () => {
  it('makes the triangle of 3, 4 and 5', () => {
    const [middle, end] = bendLimb([0, 0, 0], [5, 0, 0], 3, 4, [0, 1, 0])
    expect(end[0]).toBeCloseTo(5, 12)
    expect(middle[0]).toBeCloseTo(9 / 5, 12)
    expect(middle[1]).toBeCloseTo(12 / 5, 12)
  })

  it('points at what it cannot reach', () => {
    const [middle, end] = bendLimb([0, 0, 0], [0, -100, 0], 3, 4, [0, 0, -1])
    expect(end[0]).toBeCloseTo(0, 12)
    expect(end[1]).toBeCloseTo(-0.998 * 7, 12)
    expect(Math.hypot(...middle)).toBeCloseTo(3, 12)
  })
})
