import { crossEntropy } from '../../../src/nn/index.ts'
import { f32, i32 } from '../../../src/tensor/index.ts'
import type { Adapter } from '../../adapter.ts'
import { checkBuffers, checkGradients, checkParameterNames, gradientTolerance } from '../../networks/network-checks.ts'
import { fillByName, runNetwork } from '../../networks/run-network.ts'
import { skateFormerBatch, skateFormerOf, smoothingOf } from '../../systems/skateformer/network.ts'

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'network',
  async run(test, check) {
    const model = skateFormerOf(test.config)
    checkParameterNames(check, test, model.parameters(), { order: true })
    fillByName(model, test)
    const { shapes, feeds } = skateFormerBatch(test, test.inputs)
    const labelSmoothing = smoothingOf(test.config.loss)
    const closeness = { relative: test.tolerance.relative ?? 1e-4 }
    for (const mode of ['eval', 'train'] as const) {
      if (!check.has([mode])) continue
      const training = mode === 'train'
      const run = await runNetwork(
        model,
        { x: f32(...shapes.x), indexT: f32(...shapes.indexT), label: i32(...shapes.label) },
        feeds,
        ({ x, indexT, label }) => {
          const logits = model.forward(x, indexT)
          return { logits, loss: crossEntropy(logits, label, { labelSmoothing }) }
        },
        { training, gradients: training && check.has(['gradients']) },
      )
      check.close([mode, 'logits'], run.outputs.get('logits')!, closeness)
      check.close([mode, 'loss'], run.outputs.get('loss')!, closeness)
      if (!training) continue
      if (check.has(['gradients'])) checkGradients(check, ['gradients'], run.gradients, gradientTolerance(test))
      checkBuffers(check, [mode, 'buffers_after'], run.buffers, closeness)
    }
  },
}
