import { timedFrames } from '../../../src/augment/time/timed-frames.ts'
import { trimmedUniformTest, trimmedUniformTrain } from '../../../src/augment/time/trimmed-uniform.ts'
import { centreSpan, framesOf, randomSpan } from '../../../src/augment/time/valid-span.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf, fromChannelFirst } from '../../inputs/channel-first.ts'
import { posesOf, transformTolerance } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'temporal-sampling',
  run(test, check) {
    const { function: name, valid_frames: valid, p_interval: shares, window, threshold: least } = test.config
    const stream = test.stream()
    const isTest = shares.length === 1
    const rules: Readonly<Record<string, () => number[]>> = {
      valid_crop_uniform: () =>
        isTest
          ? trimmedUniformTest(valid, shares[0], { window, least })
          : trimmedUniformTrain(valid, shares, { window, least }, stream),
      valid_crop_resize: () =>
        framesOf(isTest ? centreSpan(valid, shares[0]) : randomSpan(valid, shares, stream, least)),
    }
    const clip = timedFrames(posesOf(test, fromChannelFirst(test.inputs.x)), rules[name](), valid, window)
    check.close(['data'], channelFirstOf(clip.points), transformTolerance(test))
    check.close(['index_t'], clip.index, transformTolerance(test))
  },
}
