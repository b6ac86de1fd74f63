import { crossEntropy, Identity } from '../../../src/nn/index.ts'
import { f32, gradients, i32 } from '../../../src/tensor/index.ts'
import type { Adapter } from '../../adapter.ts'
import { runNetwork } from '../../networks/run-network.ts'

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'loss',
  async run(test, check) {
    const logits = test.values(test.inputs.logits)
    const labels = Int32Array.from(test.values(test.inputs.labels).data)
    const smoothing = { label_smoothing: test.config.smoothing ?? 0.1, cross_entropy: 0 }
    const closeness = { relative: test.tolerance.relative ?? 1e-5 }
    for (const [name, labelSmoothing] of Object.entries(smoothing)) {
      if (!check.has([name])) continue
      const { outputs } = await runNetwork(
        new Identity(),
        { x: f32(...logits.shape), label: i32(labels.length) },
        { x: Float32Array.from(logits.data), label: labels },
        ({ x, label }) => {
          const loss = crossEntropy(x, label, { labelSmoothing })
          return { loss, gradient: gradients(loss, [x])[0]! }
        },
        { training: true },
      )
      check.close([name, 'loss'], outputs.get('loss')!, closeness)
      check.close([name, 'gradient'], outputs.get('gradient')!, closeness)
    }
  },
}
