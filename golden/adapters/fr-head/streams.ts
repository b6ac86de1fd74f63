import { ntuRgbD } from '../../../src/skeleton/layouts/index.ts'
import { type StreamName, skeletonStreams } from '../../../src/skeleton/streams.ts'
import type { Adapter } from '../../adapter.ts'
import { withSteps } from '../../inputs/channel-first.ts'
import { fromChannelFirstBatch } from '../../inputs/channel-first-batch.ts'
import { posesOf, transformTolerance, valuesOf } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'fr-head',
  kind: 'streams',
  run(test, check) {
    const { bone = false, vel = false } = test.config
    const { x } = test.inputs
    const [N, C, T, V, M] = test.values(x).shape
    // The authors make streams of a batch for NTU RGB+D only; those of NW-UCLA come from its loader.
    if (V !== ntuRgbD.joints.length) return check.close(['output'], test.values(x), transformTolerance(test))
    // (N, C, T, V, M) as persons (N * M, T, V, C), and back.
    const persons = withSteps(fromChannelFirstBatch(x), { reshape: [N * M, T, V, C] })
    const stream: StreamName = `${bone ? 'b' : 'j'}${vel ? 'm' : ''}`
    const { data } = valuesOf(skeletonStreams(posesOf(test, persons), ntuRgbD, [stream]))
    const given = { values: Array.from(data), shape: [N * M, T, V, C] }
    const output = test.values(withSteps(given, { reshape: [N, M, T, V, C] }, { transpose: [0, 4, 2, 3, 1] }))
    check.close(['output'], output, transformTolerance(test))
  },
}
