import { formatGcnInput } from '../../../src/augment/format-gcn-input.ts'
import { energeticSlots } from '../../../src/data/readers/ntu/actors.ts'
import { NTU_JOINTS, parseSkeletonText } from '../../../src/data/readers/ntu/skeleton-text.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf } from '../../inputs/channel-first.ts'
import { transformTolerance } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'skeleton-file',
  run(test, check) {
    const { max_body: most = 4, bodies_kept: kept = 2, num_joint: joints = NTU_JOINTS } = test.config
    if (joints !== NTU_JOINTS) throw new Error(`files of ${joints} joints`)
    const text = parseSkeletonText(new TextEncoder().encode(test.inputs.text), test.name)
    const points = energeticSlots(text, most, kept) ?? nobody(text.counts.length)
    const [padded] = formatGcnInput(points, { persons: Math.min(kept, most) })
    check.close(['output'], channelFirstOf(padded), transformTolerance(test))
  },
}

/** Frames in which nobody is. */
function nobody(frames: number): Points {
  return { data: new Float32Array(0), persons: 0, frames, joints: NTU_JOINTS, channels: 3 }
}
