import { uniformValues } from '../../golden/fixtures/fill.ts'
import { crossEntropy, type Forward, nameParts, Sgd } from '../../src/nn/index.ts'
import { onnxRuntime } from '../../src/runtime/cpu/onnxruntime.ts'
import { Bank, exportOnnx, f32, i32, trace } from '../../src/tensor/index.ts'
import { fillByName, signal } from '../fill.ts'
import { benchmarkNetwork } from '../networks.ts'
import { classes, coordinates, inputNames, optimizer, type StepSizes } from '../setting.ts'
import { type Repeated, repeatedGraph } from './step.ts'

/** A training step of the named network at its published width, or the inference of one clip. */
export function networkStep(network: string, sizes: StepSizes): Promise<Repeated> {
  const N = sizes.mode === 'train' ? sizes.clips : 1
  const shape = [N, sizes.persons, sizes.frames, sizes.joints, coordinates]
  const model = nameParts(benchmarkNetwork(network, sizes))
  fillByName(model.variables())
  const clip = signal(inputNames.keypoint, shape)
  const label = Int32Array.from(uniformValues(inputNames.label, N), (u) => Math.floor(u * classes))
  const build = sizes.mode === 'train' ? trainingStep : inferenceStep
  return build(model, { clip, label, shape }, sizes.threads)
}

interface Inputs {
  readonly clip: Float32Array
  readonly label: Int32Array
  readonly shape: readonly number[]
}

/** Forward, loss, backward and update as one graph. */
function trainingStep(model: Forward, { clip, label, shape }: Inputs, threads: number): Promise<Repeated> {
  const { learningRate, ...options } = optimizer
  const sgd = new Sgd(model.parameters(), options)
  new Bank('buffers', 'buffer', model.buffers())
  const graph = trace(
    { clip: f32(...shape), label: i32(label.length), learningRate: f32() },
    (inputs) => {
      const loss = crossEntropy(model.forward(inputs.clip), inputs.label)
      sgd.update(loss, inputs.learningRate)
      return { loss }
    },
    { training: true },
  )
  return repeatedGraph(graph, { clip, label, learningRate: Float32Array.of(learningRate) }, threads)
}

/** The exported file in the stock runtime with its own optimiser: what a service runs. */
async function inferenceStep(model: Forward, { clip, label, shape }: Inputs, threads: number): Promise<Repeated> {
  const graph = trace({ clip: f32(...shape) }, (inputs) => ({ scores: model.forward(inputs.clip) }))
  const { InferenceSession, Tensor } = onnxRuntime()
  const session = await InferenceSession.create(exportOnnx(graph), {
    intraOpNumThreads: threads,
    enableProfiling: process.env.OSSATURE_PROFILE !== undefined,
    profileFilePrefix: process.env.OSSATURE_PROFILE,
  })
  const feeds = { clip: new Tensor('float32', clip, shape) }
  return {
    async run() {
      const start = performance.now()
      const { scores } = await session.run(feeds)
      return { ms: performance.now() - start, loss: crossEntropyOf(scores.data as Float32Array, label[0]) }
    },
    release: () => session.release(),
  }
}

function crossEntropyOf(logits: Float32Array, label: number): number {
  const largest = Math.max(...logits)
  return Math.log(logits.reduce((total, logit) => total + Math.exp(logit - largest), 0)) + largest - logits[label]
}
