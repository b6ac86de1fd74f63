import { randomRotation } from '../../../src/augment/space/random-rotation.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf, fromChannelFirst } from '../../inputs/channel-first.ts'
import { posesOf, transformTolerance } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'fr-head',
  kind: 'rotation',
  run(test, check) {
    const points = posesOf(test, fromChannelFirst(test.inputs.x))
    const rotated = randomRotation(points, { theta: test.config.theta, empty: 'rotated' }, test.stream())
    check.close(['output'], channelFirstOf(rotated), transformTolerance(test))
  },
}
