import { crossEntropy, type Forward, type Module, nameParts } from '../src/nn/index.ts'
import { graphAdjacency } from '../src/skeleton/graph.ts'
import { layoutByName, ntuRgbD } from '../src/skeleton/layouts/index.ts'
import { GraphEncoder } from '../src/systems/smi-attack/graph-encoder.ts'
import { SequenceEncoder } from '../src/systems/smi-attack/sequence-encoder.ts'
import { f32, i32, type Tensor } from '../src/tensor/index.ts'
import type { Checker, GoldenTest, Values } from './adapter.ts'
import { checkGradients, checkParameterNames, gradientTolerance } from './network-checks.ts'
import { fillByName, runNetwork } from './run-network.ts'

// biome-ignore lint/suspicious/noExplicitAny: the authors' constructor arguments
type Config = any
type Encoder = Module & { readonly fc: Forward; features(x: Tensor): Tensor }

/** The encoder that the authors' arguments describe: of sequences where they name the size of a frame. */
export function encoderOf(config: Config): Encoder {
  return 'en_input_size' in config ? sequenceEncoderOf(config) : graphEncoderOf(config)
}

export function sequenceEncoderOf(config: Config): SequenceEncoder {
  return nameParts(
    new SequenceEncoder({
      numClass: config.num_class,
      inputSize: config.en_input_size,
      hiddenSize: config.en_hidden_size,
      layers: config.en_num_layers,
    }),
  )
}

export function graphEncoderOf(config: Config): GraphEncoder {
  return nameParts(
    new GraphEncoder(encoderGraph(config), {
      numClass: config.num_class,
      inChannels: config.in_channels,
      numPerson: config.num_person,
    }),
  )
}

/** The graph of an encoder; the authors' default is that of NTU RGB+D. */
export function encoderGraph({ layout, labeling_mode: mode = 'spatial' }: Config) {
  return graphAdjacency(layout ? layoutByName(layout) : ntuRgbD, { mode })
}

/** Compares an encoder, filled by name, in both modes: features, logits, cross-entropy and its gradients. */
export async function checkEncoder(test: GoldenTest, check: Checker, model: Encoder, input: Values): Promise<void> {
  checkParameterNames(
    check,
    test,
    model.parameters().map(({ name, shape }) => [name, shape] as const),
  )
  fillByName(model, test)
  const label = Int32Array.from(test.values(test.inputs.labels).data)
  for (const mode of ['eval', 'train'] as const) {
    if (!check.has([mode])) continue
    const training = mode === 'train'
    const run = await runNetwork(
      model,
      { x: f32(...input.shape), label: i32(label.length) },
      { x: Float32Array.from(input.data), label },
      (tensors) => {
        const features = model.features(tensors.x)
        const logits = model.fc.forward(features)
        return { features, logits, loss: crossEntropy(logits, tensors.label) }
      },
      { training, gradients: training && check.has(['gradients']) },
    )
    const relative = test.tolerance.relative ?? 1e-4
    for (const key of ['features', 'logits', 'loss'])
      if (check.has([mode, key])) check.close([mode, key], run.outputs.get(key)!, { relative })
    if (training && check.has(['gradients']))
      checkGradients(check, ['gradients'], run.gradients, gradientTolerance(test))
  }
}
