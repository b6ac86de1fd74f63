import { preNormalize2d } from '../../../src/augment/frame-of-reference/pre-normalize-2d.ts'
import type { Adapter } from '../../adapter.ts'
import { posesOf, transformTolerance, valuesOf } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'prenormalize2d',
  run(test, check) {
    const { mode, img_shape: imageShape, threshold } = test.config
    const { keypoint, keypoint_score: rule } = test.inputs
    const score = rule ? test.values(rule).data : undefined
    const output = preNormalize2d(posesOf(test, keypoint), { mode, imageShape, threshold, score })
    check.close(['output'], valuesOf(output), transformTolerance(test))
  },
}
