import { randomBoneScale } from '../../../src/augment/space/random-bone-scale.ts'
import { ntuRgbD } from '../../../src/skeleton/layouts/index.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf, fromChannelFirst } from '../../inputs/channel-first.ts'
import { posesOf, transformTolerance } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'fr-head',
  kind: 'bone-scale',
  run(test, check) {
    const points = posesOf(test, fromChannelFirst(test.inputs.x))
    const scaled = randomBoneScale(points, ntuRgbD, test.config.theta ?? 0.2, test.stream())
    check.close(['output'], channelFirstOf(scaled), transformTolerance(test))
  },
}
