import { countPresentFrames, frameCache } from '../../../src/augment/recipes/frame-cache.ts'
import { toFloat32 } from '../../../src/skeleton/allocate.ts'
import { layoutByName } from '../../../src/skeleton/layouts/index.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf, fromChannelFirst } from '../../inputs/channel-first.ts'
import { posesOf, transformTolerance } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'frame-cache',
  run(test, check) {
    const { window = 50, layout = 'ntu-rgb+d' } = test.config ?? {}
    const clip = toFloat32(posesOf(test, fromChannelFirst(test.inputs.x)))
    const { position, motion, validLength } = frameCache(clip, layoutByName(layout), window)
    const flags = Array.from({ length: clip.persons }, (_, person) => Number(countPresentFrames(clip, person) > 0))
    check.equal(['valid_length'], validLength)
    check.equal(['person_flags'], flags)
    check.close(['position'], channelFirstOf(position), transformTolerance(test))
    check.close(['motion'], channelFirstOf(motion), transformTolerance(test))
  },
}
