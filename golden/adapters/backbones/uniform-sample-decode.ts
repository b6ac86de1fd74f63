import { uniformSampleDecode } from '../../../src/augment/time/uniform-sample.ts'
import { LegacyGenerator } from '../../../src/random/legacy-generator.ts'
import { concatenateChannels } from '../../../src/skeleton/streams.ts'
import type { Adapter } from '../../adapter.ts'
import { posesOf, transformTolerance, valuesOf } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'uniform-sample-decode',
  run(test, check) {
    const { clip_len: clipLength, num_clips: clips = 1, p_interval: interval = 1, seed = 255 } = test.config
    let poses = posesOf(test, test.inputs.keypoint)
    if (test.inputs.keypoint_score) {
      const data = Float32Array.from(test.values(test.inputs.keypoint_score).data)
      poses = concatenateChannels([poses, { ...poses, channels: 1, data }])
    }
    const sampled = uniformSampleDecode(poses, { clipLength, clips, interval }, new LegacyGenerator(seed))
    check.close(['keypoint'], valuesOf(sampled), transformTolerance(test))
  },
}
