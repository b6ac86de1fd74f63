import { describe, expect, it } from 'vitest'
import { convertPoints, planConversion } from '../../src/skeleton/convert-points.ts'
import {
  body25,
  coco,
  handmp,
  jhmdb,
  layouts,
  mediapipePose,
  mediapipePoseWorld,
  msrAction3d,
  nturgbD,
  nwUcla,
  openpose,
} from '../../src/skeleton/layouts/index.ts'
import { withDimensions } from '../../src/skeleton/named-layout.ts'
import { randomPoints } from './random-points.ts'

const at = (points: { data: ArrayLike<number>; channels: number }, joint: number) =>
  Array.from({ length: points.channels }, (_, c) => points.data[joint * points.channels + c])
const mean = (...places: number[][]) =>
  places[0].map((_, c) => Math.fround(places.reduce((sum, place) => sum + place[c], 0) / places.length))

describe('planConversion', () => {
  it('copies every joint of the same layout', () => {
    for (const layout of layouts) {
      const { sources, derived, missing } = planConversion(layout, layout)
      expect(sources).toEqual(layout.joints.map((_, joint) => [{ joint, share: 1 }]))
      expect([derived, missing]).toEqual([[], []])
    }
  })

  it('finds a namesake or a rule for every joint, or reports it', () => {
    for (const from of layouts) {
      for (const to of layouts.filter(({ dimensions }) => dimensions === from.dimensions)) {
        const { sources, missing } = planConversion(from, to)
        const total = sources.map((group) => group.reduce((sum, { share }) => sum + share, 0))
        expect(to.joints.filter((_, joint) => total[joint] === 0)).toEqual(missing)
        expect(total.every((sum) => sum === 0 || Math.abs(sum - 1) < 1e-12)).toBe(true)
      }
    }
  })

  it('only reorders between layouts of the same sensor', () => {
    const { derived, missing } = planConversion(msrAction3d, nwUcla)
    expect([derived, missing]).toEqual([[], []])
  })

  it('weighs joints by the rules, not by how often they are needed', () => {
    const { sources } = planConversion(coco, jhmdb)
    const [leftShoulder, leftHip] = [5, 11]
    expect(sources[jhmdb.joints.indexOf('belly')]).toEqual(
      expect.arrayContaining([
        { joint: leftShoulder, share: 0.25 },
        { joint: leftHip, share: 0.25 },
      ]),
    )
  })
})

describe('convertPoints', () => {
  const poses = randomPoints({ persons: 1, frames: 1, joints: 17, channels: 2 })
  const of = (name: string) => at(poses, coco.joints.indexOf(name))

  it('makes OpenPose joints of COCO joints, the neck as the middle of the shoulders', () => {
    const { points, conversion } = convertPoints(poses, coco, openpose)
    expect(at(points, 1)).toEqual(mean(of('left shoulder'), of('right shoulder')))
    expect(at(points, 4)).toEqual(of('right wrist'))
    expect(conversion.derived).toEqual([{ joint: 'neck', from: ['left shoulder', 'right shoulder'] }])
    expect(conversion.missing).toEqual([])
  })

  it('goes there and back without loss where all joints have namesakes', () => {
    const back = convertPoints(convertPoints(poses, coco, openpose).points, openpose, coco)
    expect(back.points.data).toEqual(poses.data)
  })

  it('leaves joints 0 that cannot be derived, and names them', () => {
    const kinect = randomPoints({ persons: 1, frames: 1, joints: 20, channels: 2 })
    const { points, conversion } = convertPoints(kinect, withDimensions(nwUcla, 2), coco)
    expect(conversion.missing).toEqual(['left eye', 'right eye', 'left ear', 'right ear'])
    expect(at(points, 1)).toEqual([0, 0])
    expect(conversion.derived).toEqual([{ joint: 'nose', from: ['head'] }])
  })

  it('takes a joint as missing whose source is missing, and the lowest score', () => {
    const data = Float32Array.from(poses.data)
    data.fill(0, 2 * 5, 2 * 6)
    const score = Float32Array.from({ length: 17 }, (_, joint) => joint / 20)
    const converted = convertPoints({ ...poses, data }, coco, body25, { score })
    expect(at(converted.points, 1)).toEqual([0, 0])
    expect(converted.score?.[1]).toBe(Math.fround(5 / 20))
    expect(converted.score?.[8]).toBe(Math.fround(11 / 20))
  })

  it('follows rules of one’s own first', () => {
    const rules = { neck: ['nose'], nose: ['left eye', 'right eye'] }
    const { points } = convertPoints(poses, coco, openpose, { rules })
    expect(at(points, 0)).toEqual(mean(of('left eye'), of('right eye')))
    expect(() => convertPoints(poses, coco, openpose, { rules: { neck: ['tail'] } })).toThrow(/neck.*tail/s)
    expect(() => convertPoints(poses, coco, openpose, { rules: { tail: ['nose'] } })).toThrow(/tail/)
  })

  it('needs a score for every joint', () => {
    expect(() => convertPoints(poses, coco, openpose, { score: new Float32Array(16) })).toThrow(/17 scores.*\n.*16/)
  })

  it('makes a Kinect skeleton of MediaPipe landmarks', () => {
    const { missing } = planConversion(mediapipePoseWorld, nturgbD)
    expect(missing).toEqual([])
  })

  it('refuses other layouts than that of the points, and poses of other dimensions', () => {
    expect(() => convertPoints(poses, handmp, coco)).toThrow(/21 joints/)
    expect(() => convertPoints(poses, coco, nturgbD)).toThrow(/3-D poses/)
    expect(() => planConversion(mediapipePose, withDimensions(nturgbD, 2))).not.toThrow()
  })
})
