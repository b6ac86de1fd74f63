import { nameParts } from '../../../src/nn/index.ts'
import { confusionOf } from '../../../src/systems/fr-head/confusion.ts'
import { RefinementHead } from '../../../src/systems/fr-head/refinement-head.ts'
import { f32, gradients, i32 } from '../../../src/tensor/index.ts'
import type { Adapter } from '../../adapter.ts'
import { checkGradients, checkParameterNames, gradientTolerance } from '../../networks/network-checks.ts'
import { runNetwork } from '../../networks/run-network.ts'
import { anyPrototypes, contrastiveOptions, fillWithMemories, memoryName } from '../../systems/fr-head/contrastive.ts'

export const adapter: Adapter = {
  system: 'fr-head',
  kind: 'st-head',
  async run(test, check) {
    const { n_channel: channels, n_frame: frames, n_joint: joints, n_person: persons } = test.config
    const { n_class: classes, pred_threshold: threshold } = test.config
    const head = nameParts(
      new RefinementHead(
        { persons, channels, frames, joints },
        classes,
        anyPrototypes,
        contrastiveOptions(test.config),
      ),
    )
    checkParameterNames(check, test, head.parameters(), { order: true })
    const { features, labels, scores, memory_by_name: memories } = test.inputs
    fillWithMemories(head, test, memories)
    const label = Int32Array.from(test.values(labels).data)
    const [f, s] = [features, scores].map((rule) => test.values(rule))
    const run = await runNetwork(
      head,
      { features: f32(...f.shape), label: i32(label.length), scores: f32(...s.shape) },
      { features: Float32Array.from(f.data), label, scores: Float32Array.from(s.data) },
      ({ features, label, scores }) => {
        const loss = head.forward(features, label, confusionOf(scores, label, threshold))
        return { loss, features: gradients(loss, [features])[0]! }
      },
      { training: true, gradients: true },
    )
    const tolerance = gradientTolerance(test, 1e-3)
    check.close(['loss'], run.outputs.get('loss')!, { relative: test.tolerance.relative ?? 1e-4 })
    check.close(['grad_features'], run.outputs.get('features')!, {
      relative: test.tolerance.relative_gradients ?? 1e-3,
    })
    checkGradients(check, ['gradients'], run.gradients, tolerance)
    for (const path of check.keys(['memory_by_name']))
      check.close(['memory_by_name', path], run.buffers.get(memoryName(path))!, {
        relative: test.tolerance.relative ?? 1e-4,
      })
  },
}
