import { randomRotation } from '../../../src/augment/space/random-rotation.ts'
import { randomScale } from '../../../src/augment/space/random-scale.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import type { Adapter, GoldenTest } from '../../adapter.ts'
import { doublePosesOf, transformTolerance, valuesOf } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'random-scale-rot',
  run(test, check) {
    check.close(['output'], valuesOf(transformed(test)), transformTolerance(test, 'float64'))
  },
}

function transformed(test: GoldenTest): Points<Float64Array> {
  const { transform, options = {} } = test.config
  const poses = doublePosesOf(test, test.inputs.keypoint)
  switch (transform) {
    case 'scale':
      return randomScale(poses, options.scale ?? 0.2, test.stream())
    case 'rot':
      // The release draws the angle of a 2-D rotation up to 1.
      return randomRotation(poses, { theta: options.theta, upper2d: 1 }, test.stream())
    default:
      throw new Error(`no transform ${transform}`)
  }
}
