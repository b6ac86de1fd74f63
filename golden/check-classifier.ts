import { crossEntropy, type Module } from '../src/nn/index.ts'
import { f32, i32, type Tensor } from '../src/tensor/index.ts'
import type { Checker, GoldenTest, Values } from './adapter.ts'
import { totals } from './compare.ts'
import { checkGradients, checkParameterNames, gradientTolerance } from './network-checks.ts'
import { fillByName, runNetwork } from './run-network.ts'

/** A network that gives logits (N, classes). */
export type Classifier = Module & { forward(x: Tensor): Tensor }

/**
 * Fills a classifier by name and compares it with the fixture in both modes: logits, mean cross-entropy, outputs of inner
 * modules; in training gradients and running statistics as well.
 */
export async function checkClassifier(
  test: GoldenTest,
  check: Checker,
  model: Classifier,
  input: Values,
  labels: Values,
): Promise<void> {
  checkParameterNames(
    check,
    test,
    model.parameters().map(({ name, shape }) => [name, shape] as const),
  )
  fillByName(model, test)
  for (const mode of ['eval', 'train'] as const) if (check.has([mode])) await checkMode(mode)

  async function checkMode(mode: 'eval' | 'train'): Promise<void> {
    const training = mode === 'train'
    const observe = check.has([mode, 'modules']) ? check.keys([mode, 'modules']) : []
    const label = Int32Array.from(labels.data)
    const run = await runNetwork(
      model,
      { x: f32(...input.shape), label: i32(label.length) },
      { x: Float32Array.from(input.data), label },
      (tensors) => {
        const output = model.forward(tensors.x)
        return { output, loss: crossEntropy(output, tensors.label) }
      },
      { training, observe, gradients: training && check.has(['gradients']) },
    )
    const closeness = { relative: test.tolerance.relative ?? 1e-4 }
    check.close([mode, 'output'], run.outputs.get('output')!, closeness)
    check.close([mode, 'loss'], run.outputs.get('loss')!, closeness)
    for (const path of observe) check.close([mode, 'modules', path], run.modules.get(path)!, closeness)
    check.use([mode, 'max_abs_output'])
    if (!training) return
    if (check.has(['gradients'])) checkGradients(check, ['gradients'], run.gradients, gradientTolerance(test))
    const total = Math.hypot(...[...run.gradients.values()].map(({ data }) => totals(data).l2))
    if (check.has(['gradient_norm_total'])) check.close(['gradient_norm_total'], total, { relative: 1e-2 })
    const buffers = check.has(['buffers_after']) ? check.keys(['buffers_after']) : []
    for (const name of buffers.filter((name) => !name.endsWith('num_batches_tracked'))) {
      check.close(['buffers_after', name], run.buffers.get(name)!, closeness)
    }
  }
}
