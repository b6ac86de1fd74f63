import { formatGcnInput } from '../../../src/augment/format-gcn-input.ts'
import { concatenateChannels } from '../../../src/skeleton/streams.ts'
import type { Adapter } from '../../adapter.ts'
import { posesOf, transformTolerance, valuesOf } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'format-gcn-input',
  run(test, check) {
    const { num_person: persons = 2, num_clips: clips = 1 } = test.config
    const { keypoint, keypoint_score: rule } = test.inputs
    let poses = posesOf(test, keypoint)
    if (rule) {
      const score = { ...poses, channels: 1, data: Float32Array.from(test.values(rule).data) }
      poses = concatenateChannels([poses, score])
    }
    // The release asks for a single person after it has padded to num_person, so its mode `loop` never copies one.
    const formatted = formatGcnInput(poses, { persons, mode: 'zero', clips })
    const data = formatted.flatMap((clip) => Array.from(clip.data))
    check.close(['output'], { data, shape: [clips, ...valuesOf(formatted[0]).shape] }, transformTolerance(test))
  },
}
