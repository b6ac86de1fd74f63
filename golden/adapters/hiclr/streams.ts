import type { Adapter } from '../../adapter.ts'
import { channelFirstOf, fromChannelFirst, withSteps } from '../../inputs/channel-first.ts'
import { posesOf, transformTolerance } from '../../inputs/poses.ts'
import { hiclrStream } from '../../systems/hiclr/streams.ts'

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'streams',
  run(test, check) {
    const [samples, ...shape] = test.values(test.inputs.x).shape
    for (const name of check.keys([])) {
      const streams = Array.from({ length: samples }, (_, sample) => {
        const clip = posesOf(test, fromChannelFirst(sampleOf(test.inputs.x, sample, shape)))
        return channelFirstOf(hiclrStream(clip, name))
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
