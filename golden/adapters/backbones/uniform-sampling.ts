import {
  type UniformSampleOptions,
  uniformSampleTest,
  uniformSampleTrain,
} from '../../../src/augment/time/uniform-sample.ts'
import { LegacyGenerator } from '../../../src/random/legacy-generator.ts'
import type { Adapter } from '../../adapter.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'uniform-sampling',
  run(test, check) {
    const { mode, clip_len: clipLength, num_clips: clips = 1, p_interval: interval = 1, seed = 255 } = test.config
    const options: UniformSampleOptions = { clipLength, clips, interval }
    const sample = mode === 'test' ? uniformSampleTest : uniformSampleTrain
    check.equal(['frame_inds'], sample(test.inputs.total_frames, options, new LegacyGenerator(seed)))
  },
}
