import { nameParts } from '../../../src/nn/index.ts'
import { confusionOf } from '../../../src/systems/fr-head/confusion.ts'
import { ContrastiveNet } from '../../../src/systems/fr-head/contrastive-net.ts'
import { f32, gradients, i32 } from '../../../src/tensor/index.ts'
import type { Adapter } from '../../adapter.ts'
import { checkGradients, gradientTolerance } from '../../networks/network-checks.ts'
import { compileNetwork } from '../../networks/run-network.ts'
import {
  anyPrototypes,
  contrastiveOptions,
  fillWithMemories,
  keepBuffers,
  memoryName,
} from '../../systems/fr-head/contrastive.ts'

export const adapter: Adapter = {
  system: 'fr-head',
  kind: 'contrastive-net',
  async run(test, check) {
    const { n_channel: inChannels, n_class: classes, pred_threshold: threshold } = test.config
    const net = nameParts(new ContrastiveNet(inChannels, classes, anyPrototypes, contrastiveOptions(test.config)))
    fillWithMemories(net, test, { '': test.inputs.memory })
    const { labels, calls } = test.inputs
    const label = Int32Array.from(test.values(labels).data)
    const closeness = { relative: test.tolerance.relative ?? 1e-4 }
    const network = await compileNetwork(
      net,
      { features: f32(label.length, inChannels), label: i32(label.length), scores: f32(label.length, classes) },
      ({ features, label, scores }) => {
        const loss = net.forward(features, label, confusionOf(scores, label, threshold))
        return { loss, features: gradients(loss, [features])[0]! }
      },
      { training: true, gradients: true },
    )
    for (const [i, { features, scores }] of calls.entries()) {
      const [f, s] = [features, scores].map((rule) => Float32Array.from(test.values(rule).data))
      const run = await network.run({ features: f, scores: s, label })
      keepBuffers(net, run)
      check.close(['calls', i, 'loss'], run.outputs.get('loss')!, closeness)
      check.close(['calls', i, 'grad_feature'], run.outputs.get('features')!, closeness)
      check.close(['calls', i, 'memory_after'], run.buffers.get(memoryName(''))!, closeness)
      checkGradients(check, ['calls', i, 'gradients'], run.gradients, gradientTolerance(test, closeness.relative))
    }
    await network.release()
  },
}
