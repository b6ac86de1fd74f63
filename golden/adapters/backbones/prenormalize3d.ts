import { preNormalize3d } from '../../../src/augment/frame-of-reference/pre-normalize-3d.ts'
import type { Precision } from '../../../src/skeleton/precision.ts'
import type { Adapter } from '../../adapter.ts'
import { posesOf, transformTolerance, valuesOf } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'prenormalize3d',
  run(test, check) {
    const { zaxis, xaxis, align_spine: alignSpine = true, align_center: alignCenter, stored } = test.config
    const precision = (stored ?? test.values(test.inputs.keypoint).precision ?? 'float32') as Precision
    const poses = posesOf(test, test.inputs.keypoint)
    const { points, bodyCenter } = preNormalize3d(poses, { zaxis, xaxis, alignSpine, alignCenter, stored: precision })
    check.equal(['total_frames'], points.frames)
    check.close(['keypoint'], valuesOf(points), transformTolerance(test, 'float64'))
    // The rotation is the step that the original takes to double precision; an empty clip is not touched.
    const isTouched = poses.data.some((value) => value !== 0)
    check.equal(['dtype'], alignSpine && isTouched ? 'float64' : precision)
    if (bodyCenter) check.close(['body_center'], bodyCenter, transformTolerance(test, 'float64'))
  },
}
