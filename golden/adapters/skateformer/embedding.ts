import { SkateEmbedding } from '../../../src/models/skateformer/skate-embedding.ts'
import { nameParts } from '../../../src/nn/index.ts'
import { f32 } from '../../../src/tensor/index.ts'
import type { Adapter } from '../../adapter.ts'
import { withSteps } from '../../inputs/channel-first.ts'
import { checkParameterNames } from '../../networks/network-checks.ts'
import { fillByName, runNetwork } from '../../networks/run-network.ts'

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'embedding',
  async run(test, check) {
    const { embed_dim: width, in_channels: inChannels = 3, T: frames, V, P, index_t: indexT = true } = test.config
    const joints = V * P
    const embedding = nameParts(new SkateEmbedding({ inChannels, width, frames, joints, indexT }))
    checkParameterNames(check, test, embedding.parameters(), { order: true })
    fillByName(embedding, test)
    // The authors' (N, C, T, V, P), person by person in one axis.
    const sideBySide = [{ transpose: [0, 1, 2, 4, 3] }, { reshape: [-1, inChannels, frames, joints] }]
    const x = test.values(withSteps(test.inputs.x, ...sideBySide))
    const times = test.values(test.inputs.index_t ?? { constant: 0, shape: [x.shape[0], frames] })
    const run = await runNetwork(
      embedding,
      { x: f32(...x.shape), times: f32(...times.shape) },
      { x: Float32Array.from(x.data), times: Float32Array.from(times.data) },
      (inputs) => ({
        stem: embedding.stem.forward(inputs.x),
        embedded: embedding.forward(inputs.x, inputs.times),
      }),
      { training: false },
    )
    const closeness = { relative: test.tolerance.relative ?? 1e-4 }
    check.close(['eval', 'stem'], run.outputs.get('stem')!, closeness)
    check.close(['eval', 'stem_plus_embedding'], run.outputs.get('embedded')!, closeness)
  },
}
