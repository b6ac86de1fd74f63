import {
  centreOnJoint,
  changeView,
  randomView,
  scaleToUnitRange,
} from '../../../src/augment/frame-of-reference/nw-ucla-view.ts'
import { takeFrames } from '../../../src/augment/time/frame-order.ts'
import { resampleTest, resampleTrain } from '../../../src/augment/time/nw-ucla-resample.ts'
import { nwUcla } from '../../../src/skeleton/layouts/index.ts'
import { type StreamName, skeletonStreams } from '../../../src/skeleton/streams.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf, withSteps } from '../../inputs/channel-first.ts'
import { posesOf, transformTolerance } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'fr-head',
  kind: 'ucla-loader',
  run(test, check) {
    const { mode, data_path: path, time_steps: count = 52 } = test.config
    const { data } = test.inputs
    const [T, V, C] = test.values(data).shape
    const centred = centreOnJoint(posesOf(test, withSteps(data, { reshape: [1, T, V, C] })))
    const isTraining = mode === 'train'
    const stream = test.stream()
    const seen = scaleToUnitRange(isTraining ? changeView(centred, randomView(stream)) : centred, Number.NaN)
    const indices = isTraining ? resampleTrain(T, count, stream) : resampleTest(T, count)
    const name: StreamName = `${path.includes('bone') ? 'b' : 'j'}${path.includes('motion') ? 'm' : ''}`
    const sample = skeletonStreams(takeFrames(seen, indices), nwUcla, [name])
    const first = takeFrames(sample, [...Array(Math.min(12, count)).keys()])
    check.close(['output'], channelFirstOf(sample), transformTolerance(test))
    check.close(['first_12_frames'], channelFirstOf(first), transformTolerance(test))
    check.equal(['frame_indices'], indices)
  },
}
