import { crossEntropy } from '../../../src/nn/index.ts'
import { f32, i32 } from '../../../src/tensor/index.ts'
import type { Adapter, Checker, GoldenTest } from '../../adapter.ts'
import { totals } from '../../compare.ts'
import { checkGradients, checkParameterNames, gradientTolerance } from '../../network-checks.ts'
import { recognizerOf } from '../../pyskl-config.ts'
import { fillByName, runNetwork } from '../../run-network.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'network',
  async run(test: GoldenTest, check: Checker) {
    const model = recognizerOf(test.config)
    checkParameterNames(
      check,
      test,
      model.parameters().map(({ name, shape }) => [name, shape] as const),
    )
    fillByName(model, test)
    const clip = test.values(test.inputs.keypoint)
    const label = Int32Array.from(test.values(test.inputs.labels).data)
    for (const mode of ['eval', 'train'] as const) {
      if (!check.has([mode])) continue
      const training = mode === 'train'
      const run = await runNetwork(
        model,
        { clip: f32(...clip.shape), label: i32(label.length) },
        { clip: clip.data as Float32Array, label },
        (tensors) => {
          const output = model.forward(tensors.clip)
          return { output, loss: crossEntropy(output, tensors.label) }
        },
        {
          training,
          observe: check.has([mode, 'modules']) ? check.keys([mode, 'modules']) : [],
          gradients: training && check.has(['gradients']),
        },
      )
      const closeness = { relative: test.tolerance.relative ?? 1e-4 }
      check.close([mode, 'output'], run.outputs.get('output')!, closeness)
      check.close([mode, 'loss'], run.outputs.get('loss')!, closeness)
      if (check.has([mode, 'modules'])) {
        for (const path of check.keys([mode, 'modules']))
          check.close([mode, 'modules', path], run.modules.get(path)!, closeness)
      }
      check.use([mode, 'max_abs_output'])
      if (!training) continue
      if (check.has(['gradients'])) checkGradients(check, ['gradients'], run.gradients, gradientTolerance(test))
      const total = Math.hypot(...[...run.gradients.values()].map(({ data }) => totals(data).l2))
      if (check.has(['gradient_norm_total'])) check.close(['gradient_norm_total'], total, { relative: 1e-2 })
      if (check.has(['buffers_after'])) {
        for (const name of check.keys(['buffers_after'])) {
          if (!name.endsWith('num_batches_tracked'))
            check.close(['buffers_after', name], run.buffers.get(name)!, closeness)
        }
      }
    }
  },
}
