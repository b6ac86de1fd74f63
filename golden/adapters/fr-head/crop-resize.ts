import { takeFrames } from '../../../src/augment/time/frame-order.ts'
import { resizeFrames } from '../../../src/augment/time/resize-frames.ts'
import { validFrames } from '../../../src/augment/time/valid-frames.ts'
import { centreSpan, framesOf, randomSpan } from '../../../src/augment/time/valid-span.ts'
import { toFloat32 } from '../../../src/skeleton/allocate.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf, fromChannelFirst } from '../../inputs/channel-first.ts'
import { posesOf, transformTolerance } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'fr-head',
  kind: 'crop-resize',
  run(test, check) {
    const { p_interval: shares, window, valid_frames: valid } = test.config
    const points = posesOf(test, fromChannelFirst(test.inputs.x))
    const frames = valid ?? validFrames(points)
    const span = shares.length === 1 ? centreSpan(frames, shares[0]) : randomSpan(frames, shares, test.stream())
    const output = resizeFrames(toFloat32(takeFrames(points, framesOf(span))), window)
    check.close(['output'], channelFirstOf(output), transformTolerance(test))
  },
}
