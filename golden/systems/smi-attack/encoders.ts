import { crossEntropy, type Forward, type Module, nameParts } from '../../../src/nn/index.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { graphAdjacency } from '../../../src/skeleton/graph.ts'
import { layoutByName, ntuRgbD } from '../../../src/skeleton/layouts/index.ts'
import { GraphEncoder } from '../../../src/systems/smi-attack/graph-encoder.ts'
import { InterSkeletonContrast } from '../../../src/systems/smi-attack/inter-skeleton-contrast.ts'
import { smiOptions } from '../../../src/systems/smi-attack/options.ts'
import { contrastOptionsOf } from '../../../src/systems/smi-attack/options-of-parts.ts'
import { SequenceEncoder } from '../../../src/systems/smi-attack/sequence-encoder.ts'
import { f32, i32, type Tensor } from '../../../src/tensor/index.ts'
import type { Checker, GoldenTest, Values } from '../../adapter.ts'
import { checkBuffers, checkGradients, checkParameterNames, gradientTolerance } from '../../networks/network-checks.ts'
import { fillByName, runNetwork } from '../../networks/run-network.ts'

// biome-ignore lint/suspicious/noExplicitAny: the authors' constructor arguments
type Config = any
type Encoder = Module & { readonly fc: Forward; features(x: Tensor): Tensor }

/** Classes, joints, coordinates and persons where the authors' arguments name none. */
const RELEASED = { num_class: 128, num_point: 25, in_channels: 3, num_person: 2, mlp: false }

/** The options with defaults in place of those that are absent. */
function withDefaults<D extends object>(config: Config, defaults: D): D & Config {
  return { ...defaults, ...config }
}

/** The encoder that the authors' arguments describe: of sequences where one of them is of a recurrent network. */
export function encoderOf(config: Config): Encoder {
  return Object.keys(config).some((key) => key.startsWith('en_')) ? sequenceEncoderOf(config) : graphEncoderOf(config)
}

/** The encoders of queries, which are trained, that the authors' arguments of the contrast describe. */
export function contrastOf({ bi_gru: gru = {}, agcn = {}, ...given }: Config): InterSkeletonContrast {
  const { dim, K, m, T, mlp } = withDefaults(given, contrastOptionsOf(smiOptions.parse({})))
  const { num_person: persons, num_point: joints, in_channels: channels } = withDefaults(agcn, RELEASED)
  const options = { dim, K, m, T, mlp, hiddenSize: gru.en_hidden_size, layers: gru.en_num_layers }
  const size = { persons, joints, channels }
  return nameParts(new InterSkeletonContrast(encoderGraph(agcn), size, options, new CounterStream(0)))
}

export function sequenceEncoderOf(given: Config): SequenceEncoder {
  const config = withDefaults(given, RELEASED)
  return nameParts(
    new SequenceEncoder({
      numClass: config.num_class,
      inputSize: config.en_input_size ?? config.num_point * config.in_channels * config.num_person,
      hiddenSize: config.en_hidden_size,
      layers: config.en_num_layers,
      mlp: config.mlp,
    }),
  )
}

export function graphEncoderOf(given: Config): GraphEncoder {
  const config = withDefaults(given, RELEASED)
  return nameParts(
    new GraphEncoder(encoderGraph(config), {
      numClass: config.num_class,
      inChannels: config.in_channels,
      numPerson: config.num_person,
      mlp: config.mlp,
    }),
  )
}

/** The graph of an encoder; the authors' default is that of NTU RGB+D. */
export function encoderGraph({ layout, labeling_mode: mode = 'spatial' }: Config) {
  return graphAdjacency(layout ? layoutByName(layout) : ntuRgbD, { mode })
}

/** Compares an encoder, filled by name, in both modes: features, logits, cross-entropy and its gradients. */
export async function checkEncoder(test: GoldenTest, check: Checker, model: Encoder, input: Values): Promise<void> {
  checkParameterNames(check, test, model.parameters())
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
    if (training) checkBuffers(check, ['buffers_after'], run.buffers, { relative })
  }
}
