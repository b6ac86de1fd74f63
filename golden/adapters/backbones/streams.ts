import { layoutByName } from '../../../src/skeleton/layouts/index.ts'
import { skeletonStreams } from '../../../src/skeleton/streams.ts'
import type { Adapter } from '../../adapter.ts'
import { posesOf, transformTolerance, valuesOf } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'streams',
  run(test, check) {
    const { dataset = 'nturgb+d', feats = ['j'] } = test.config
    const { keypoint, keypoint_score: rule } = test.inputs
    const score = rule ? test.values(rule) : undefined
    const isHalf = [test.values(keypoint), score].every((values) => !values || values.precision === 'float16')
    const streams = skeletonStreams(posesOf(test, keypoint), layoutByName(dataset), feats, {
      score: score?.data,
      stored: isHalf ? 'float16' : undefined,
    })
    check.close(['output'], valuesOf(streams), transformTolerance(test))
  },
}
