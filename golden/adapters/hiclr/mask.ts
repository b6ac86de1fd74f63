import { framesMask, jointsByFrameMask, jointsMask } from '../../../src/augment/space/random-masks.ts'
import { coverJoints } from '../../../src/systems/hiclr/strong-view.ts'
import { f32, full, scalar, transpose } from '../../../src/tensor/index.ts'
import type { Adapter } from '../../adapter.ts'
import { runTransform } from '../../networks/run-transform.ts'

const masks = { joint: jointsByFrameMask, joint_same_for_all_frames: jointsMask, frame: framesMask }

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'mask',
  async run(test, check) {
    const { kind, ratio = 0.1, shape, frames: used } = test.config
    const [N, C, T, V, M] = shape as number[]
    const { data, frames, joints } = masks[kind as keyof typeof masks](
      { frames: T, joints: V, used },
      ratio,
      test.stream(),
    )
    // A clip of ones, covered with zeros, in the authors' order (N, T, M, V, C).
    const covered = await runTransform({ mask: f32(frames, joints) }, { mask: data }, ({ mask }) =>
      transpose(coverJoints(full([N, M, T, V, C], 1), mask, scalar(0)), [0, 2, 1, 3, 4]),
    )
    const alike = covered.data as Float32Array
    const at = (t: number, v: number) => data[t * V + v]
    check.equal(['mask_shape'], [...covered.shape])
    check.equal(
      ['mask'],
      Array.from({ length: T }, (_, t) => Array.from({ length: V }, (_, v) => at(t, v))),
    )
    const place = (i: number) => at(Math.floor(i / (C * V * M)) % T, Math.floor(i / C) % V)
    check.equal(
      ['equal_over_samples_persons_channels'],
      alike.every((value, i) => value === place(i)),
    )
  },
}
