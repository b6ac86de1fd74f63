import { formatGcnInput } from '../../../src/augment/format-gcn-input.ts'
import { centreFrames } from '../../../src/augment/frame-of-reference/centre-frames.ts'
import { NTU_BODY_RULES } from '../../../src/data/readers/ntu/actors.ts'
import { BODY_SIZE, NTU_JOINTS, parseSkeletonText } from '../../../src/data/readers/ntu/skeleton-text.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf } from '../../inputs/channel-first.ts'
import { transformTolerance } from '../../inputs/poses.ts'

const PERSONS = 2

/** Of a file without bodies. */
function emptyPoints(frames: number): Points {
  const data = new Float32Array(frames * BODY_SIZE)
  return { data, persons: 1, frames, joints: NTU_JOINTS, channels: 3 }
}

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'parse',
  run(test, check) {
    const { format, max_frames: most = 300 } = test.config
    const bytes = new TextEncoder().encode(test.inputs.text)
    const isPku = format === 'pku'
    const text = parseSkeletonText(bytes, test.name, isPku ? 'first' : 'every')
    const points = NTU_BODY_RULES['st-gcn'](text) ?? emptyPoints(text.counts.length)
    const [clip] = formatGcnInput(isPku ? centreFrames(points, most) : points, { persons: PERSONS, mode: 'zero' })
    check.close(['output'], channelFirstOf(clip), transformTolerance(test))
    if (check.has(['first_frame_x_of_body_0'])) {
      const x = clip.data.subarray(0, clip.joints * clip.channels).filter((_, i) => i % clip.channels === 0)
      check.close(['first_frame_x_of_body_0'], x, transformTolerance(test))
    }
  },
}
