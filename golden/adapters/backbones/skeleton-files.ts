import { bodiesOf } from '../../../src/data/readers/ntu/bodies.ts'
import { readSkeletonPoints } from '../../../src/data/readers/ntu/ntu-skeleton.ts'
import { parseSkeletonText } from '../../../src/data/readers/ntu/skeleton-text.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import type { Adapter } from '../../adapter.ts'
import { transformTolerance, valuesOf } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'skeleton-files',
  run(test, check) {
    const bytes = new TextEncoder().encode(test.inputs.text)
    const { bodies } = bodiesOf(parseSkeletonText(bytes, test.name))
    for (const { id, start, length, motion } of bodies) {
      check.equal(['bodies_by_name', id, 'start'], start)
      check.equal(['bodies_by_name', id, 'length'], length)
      check.close(['bodies_by_name', id, 'motion'], motion, transformTolerance(test))
    }
    const points = readSkeletonPoints(bytes, test.name, { bodies: 'pyskl', stored: test.config.stored ?? 'float16' })
    check.close(['keypoint'], valuesOf(points), transformTolerance(test))
    check.close(['first_frame_first_joint'], firstJoints(points), transformTolerance(test))
    check.equal(['zero_frames_per_person'], zeroFrames(points))
  },
}

function firstJoints({ data, persons, frames, joints, channels }: Points) {
  const starts = Array.from({ length: persons }, (_, person) => person * frames * joints * channels)
  const values = starts.flatMap((start) => Array.from(data.subarray(start, start + channels)))
  return { data: values, shape: [persons, channels] }
}

function zeroFrames({ data, persons, frames, joints, channels }: Points): number[][] {
  const size = joints * channels
  const isZero = (start: number) => data.subarray(start, start + size).every((value) => value === 0)
  return Array.from({ length: persons }, (_, person) =>
    Array.from({ length: frames }, (_, frame) => frame).filter((frame) => isZero((person * frames + frame) * size)),
  )
}
