import { poseCompact } from '../../../src/augment/image/pose-compact.ts'
import type { Adapter } from '../../adapter.ts'
import { posesOf, transformTolerance, valuesOf } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'pose-compact',
  run(test, check) {
    const { options = {}, img_shape: imageShape, crop_quadruple: crop } = test.config
    const { padding, threshold, hw_ratio: heightToWidth, allow_imgpad: allowPadding } = options
    const compact = poseCompact(
      { points: posesOf(test, test.inputs.keypoint), imageShape, crop },
      { padding, threshold, heightToWidth, allowPadding },
    )
    check.equal(['img_shape'], compact.imageShape)
    check.close(['keypoint'], valuesOf(compact.points), transformTolerance(test))
    if (compact.crop) check.close(['crop_quadruple'], compact.crop, transformTolerance(test, 'float64'))
  },
}
