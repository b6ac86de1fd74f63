import { motionCoefficients } from '../../../src/attack/motion/motion-coefficients.ts'
import { takeFrames } from '../../../src/augment/time/frame-order.ts'
import type { Adapter } from '../../adapter.ts'
import { stridesOf } from '../../fixtures/number-array.ts'
import { channelFirstOf, fromChannelFirst } from '../../inputs/channel-first.ts'
import { posesOf } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'ar-coefficients',
  run(test, check) {
    const points = posesOf(test, fromChannelFirst(test.inputs.x))
    const { total_frames: length = 300, frames = points.frames } = test.config
    const fitted = takeFrames(points, [...Array(frames).keys()])
    const { first, second } = motionCoefficients({ ...fitted, data: Float32Array.from(fitted.data) }, length)
    const found = { AR1: channelFirstOf(first), AR2: channelFirstOf(second) }
    const { relative = 1e-3, relative_sums = relative } = test.tolerance
    for (const key of ['AR1', 'AR2'] as const) {
      check.close([key], found[key], { relative: relative_sums })
      for (const i of check.has(['probes']) ? check.keys(['probes']) : []) {
        const at = ['probes', i]
        if (!check.has([...at, key])) continue
        const [coordinate, joint, person] = ['coordinate', 'joint', 'person'].map(
          (name) => check.use([...at, name]) as number,
        )
        const strides = stridesOf(found[key].shape)
        const start = coordinate * strides[0] + joint * strides[2] + person
        const count = (check.use([...at, key]) as unknown[]).length
        const series = Array.from({ length: count }, (_, t) => found[key].data[start + t * strides[1]])
        check.close([...at, key], series, { relative })
      }
    }
  },
}
