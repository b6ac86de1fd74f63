import type { Encoder } from '../../../src/models/encoder.ts'
import { crossEntropy, Module, nameParts, type Parameter } from '../../../src/nn/index.ts'
import { trainedParameters } from '../../../src/systems/hiclr/encoder.ts'
import { f32, i32 } from '../../../src/tensor/index.ts'
import type { Checker, GoldenTest } from '../../adapter.ts'
import { checkBuffers, checkGradients, checkParameterNames, gradientTolerance } from '../../networks/network-checks.ts'
import { runNetwork } from '../../networks/run-network.ts'
import { clipsOf, contrastiveNetwork, fillHiclr, hiclrEncoder } from './networks.ts'

/** The authors' wrapper without `pretrain`. */
class Classifier extends Module {
  readonly encoder_q: Encoder
  private readonly fixConv1: boolean

  constructor(encoder: Encoder, fixConv1: boolean) {
    super()
    this.encoder_q = encoder
    this.fixConv1 = fixConv1
    nameParts(this)
  }

  trained(): Parameter[] {
    return trainedParameters(this.encoder_q, this.fixConv1)
  }
}

/** Compares an encoder with its head in both modes: features, outputs, loss, gradients, running statistics. */
export async function checkEncoder(test: GoldenTest, check: Checker): Promise<void> {
  const { pretrain = true, fix_conv1: fixConv1 } = test.config
  const model = pretrain ? contrastiveNetwork(test.config) : new Classifier(hiclrEncoder(test.config), fixConv1)
  const trained = model.trained()
  checkParameterNames(check, test, trained)
  fillHiclr(model, test)
  const clips = clipsOf(test, test.inputs.x)
  const label = Int32Array.from(test.values(test.inputs.labels).data)
  const closeness = { relative: test.tolerance?.relative ?? 1e-4 }
  for (const mode of ['eval', 'train'] as const) {
    if (!check.has([mode])) continue
    const training = mode === 'train'
    const run = await runNetwork(
      model,
      { x: f32(...clips.shape), label: i32(label.length) },
      { x: Float32Array.from(clips.data), label },
      (tensors) => {
        const feature_before_head = model.encoder_q.features(tensors.x)
        const logits = model.encoder_q.head.forward(feature_before_head)
        return { logits, feature_before_head, loss: crossEntropy(logits, tensors.label) }
      },
      { training, gradients: training },
    )
    for (const name of ['logits', 'feature_before_head'] as const)
      if (check.has([mode, name])) check.close([mode, name], run.outputs.get(name)!, closeness)
    if (check.has([mode, 'loss_cross_entropy']))
      check.close([mode, 'loss_cross_entropy'], run.outputs.get('loss')!, closeness)
    if (!training) continue
    const reached = new Map(trained.map(({ name }) => [name, run.gradients.get(name)!]))
    if (check.has(['gradients'])) checkGradients(check, ['gradients'], reached, gradientTolerance(test))
    checkBuffers(check, ['buffers_after'], run.buffers, closeness)
  }
}
