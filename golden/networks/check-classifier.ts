import { crossEntropy, type Module } from '../../src/nn/index.ts'
import { f32, i32, type Tensor } from '../../src/tensor/index.ts'
import type { Checker, GoldenTest, Values } from '../adapter.ts'
import {
  checkBuffers,
  checkGradientNorm,
  checkGradients,
  checkParameterNames,
  gradientTolerance,
} from './network-checks.ts'
import { fillByName, runNetwork } from './run-network.ts'

/** A network that gives logits (N, classes). */
export type Classifier = Module & { forward(x: Tensor): Tensor }

/** What is asked of the gradients, one key or the other. */
const gradientKeys = ['gradients', 'gradients_zero', 'parameters_without_gradient', 'gradient_norm_total']

/**
 * Fills a classifier by name and compares it with the fixture in both modes: logits, mean cross-entropy where there are
 * labels, outputs of inner modules; in training gradients and running statistics as well.
 */
export async function checkClassifier(
  test: GoldenTest,
  check: Checker,
  model: Classifier,
  input: Values,
  labels: Values | undefined,
): Promise<void> {
  checkParameterNames(check, test, model.parameters())
  fillByName(model, test)
  for (const mode of ['eval', 'train'] as const) if (check.has([mode])) await checkMode(mode)

  async function checkMode(mode: 'eval' | 'train'): Promise<void> {
    const training = mode === 'train'
    const observe = check.has([mode, 'modules']) ? check.keys([mode, 'modules']) : []
    const wantsGradients = training && gradientKeys.some((key) => check.has([key]))
    const label = Int32Array.from(labels?.data ?? new Int32Array(input.shape[0]))
    const run = await runNetwork(
      model,
      { x: f32(...input.shape), label: i32(label.length) },
      { x: Float32Array.from(input.data), label },
      (tensors) => {
        const output = model.forward(tensors.x)
        return { output, loss: crossEntropy(output, tensors.label) }
      },
      { training, observe, gradients: wantsGradients },
    )
    const closeness = { relative: test.tolerance.relative ?? 1e-4 }
    const ofOutput = outputCloseness(test, mode)
    check.close([mode, 'output'], run.outputs.get('output')!, ofOutput)
    if (labels) check.close([mode, 'loss'], run.outputs.get('loss')!, ofOutput)
    for (const path of observe) check.close([mode, 'modules', path], run.modules.get(path)!, closeness)
    check.use([mode, 'max_abs_output'])
    if (!training) return
    if (wantsGradients) {
      checkGradients(check, ['gradients'], run.gradients, gradientTolerance(test))
      checkGradientNorm(check, ['gradient_norm_total'], run.gradients)
    }
    checkBuffers(check, ['buffers_after'], run.buffers, closeness)
  }
}

/**
 * Two float32 runs may differ by twice what the original's own float32 run differs from its float64 run, where the
 * fixture measured that (fixtures' README, section 6): with logits of millions it is more than the relative bound.
 */
function outputCloseness({ tolerance }: GoldenTest, mode: 'eval' | 'train') {
  const measured: number | undefined = tolerance.float32_against_float64?.[mode]
  return { relative: tolerance.relative ?? 1e-4, absolute: measured && 2 * measured }
}
