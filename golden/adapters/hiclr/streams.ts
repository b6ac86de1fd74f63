import { layoutByName } from '../../../src/skeleton/layouts/index.ts'
import { type StreamName, skeletonStreams } from '../../../src/skeleton/streams.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf, fromChannelFirst, withSteps } from '../../channel-first.ts'
import { posesOf, transformTolerance } from '../../poses.ts'

const STREAMS: Readonly<Record<string, StreamName>> = { joint: 'j', motion: 'jm', bone: 'b' }

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'streams',
  run(test, check) {
    const layout = layoutByName(test.config?.layout ?? 'ntu-rgb+d')
    const [samples, ...shape] = test.values(test.inputs.x).shape
    for (const name of check.keys([])) {
      const streams = Array.from({ length: samples }, (_, sample) => {
        const clip = posesOf(test, fromChannelFirst(sampleOf(test.inputs.x, sample, shape)))
        return channelFirstOf(skeletonStreams(clip, layout, [STREAMS[name]]))
      })
      const data = streams.flatMap((stream) => Array.from(stream.data))
      check.close([name], { data, shape: [samples, ...shape] }, transformTolerance(test))
    }
  },
}

/** One sample (C, T, V, M) of a batch. */
function sampleOf(batch: unknown, sample: number, shape: readonly number[]) {
  const at = { constant: sample, shape: [1] }
  return withSteps({ rows: batch, at }, { reshape: [...shape] })
}
