import { formatGcnInput } from '../../../src/augment/format-gcn-input.ts'
import { energeticSlots } from '../../../src/data/readers/ntu-actors.ts'
import { NTU_JOINTS, parseSkeletonText } from '../../../src/data/readers/ntu-skeleton-text.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf } from '../../channel-first.ts'
import { transformTolerance } from '../../poses.ts'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'skeleton-file',
  run(test, check) {
    const { max_body: most, bodies_kept: kept, num_joint: joints } = test.config
    if (joints !== NTU_JOINTS) throw new Error(`files of ${joints} joints`)
    const text = parseSkeletonText(new TextEncoder().encode(test.inputs.text), test.name)
    const points = energeticSlots(text, most, kept)
    if (!points) throw new Error('the file has no body')
    const [padded] = formatGcnInput(points, { persons: kept })
    check.close(['output'], channelFirstOf(padded), transformTolerance(test))
  },
}
