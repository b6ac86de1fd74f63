import { padTo } from '../../../src/augment/time/pad-to.ts'
import type { Adapter } from '../../adapter.ts'
import { posesOf, transformTolerance, valuesOf } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'pad-to',
  run(test, check) {
    const { length, mode = 'loop' } = test.config
    check.close(
      ['output'],
      valuesOf(padTo(posesOf(test, test.inputs.keypoint), length, mode)),
      transformTolerance(test),
    )
  },
}
