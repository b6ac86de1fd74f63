import { skeletonAdaIn } from '../../../src/systems/hiclr/skeleton-ada-in.ts'
import { f32, roll, transpose } from '../../../src/tensor/index.ts'
import type { Adapter } from '../../adapter.ts'
import { runTransform } from '../../networks/run-transform.ts'

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'adain',
  async run(test, check) {
    const { mode = 'TV', roll: by } = test.config
    const { data, shape } = test.values(test.inputs.x)
    const output = await runTransform({ x: f32(...shape) }, { x: Float32Array.from(data) }, ({ x }) => {
      const clips = transpose(x, [0, 4, 2, 3, 1])
      return transpose(skeletonAdaIn(clips, roll(clips, 0, -by), mode), [0, 4, 2, 3, 1])
    })
    check.close(['output'], output, { relative: test.tolerance?.relative ?? 1e-5 })
  },
}
