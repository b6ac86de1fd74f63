import { parameterValues, uniformValues } from '../golden/fill.ts'
import { crossEntropy, type Forward, nameParts, Parameter, Sgd } from '../src/nn/index.ts'
import { CpuDevice } from '../src/runtime/cpu/device.ts'
import { onnxRuntime } from '../src/runtime/cpu/onnxruntime.ts'
import { Bank, exportOnnx, f32, i32, sizeOf, trace } from '../src/tensor/index.ts'
import { peakMibFromHere } from './memory.ts'
import { benchmarkNetwork } from './networks.ts'
import { classes, coordinates, inputNames, optimizer, type StepSizes } from './setting.ts'

/** A network, ready to be stepped. */
export interface Step {
  /**
   * One training step, or one inference: `ms` is the time of the computation alone. `loss` is the mean cross entropy
   * before the update.
   */
  run(): Promise<{ ms: number; loss: number }>
  /** Peak resident memory minus resident memory after the imports, MiB. */
  peakMib(): number
  /** Ends the step; an operator profile that was asked for is complete after it. */
  release(): Promise<void>
}

/**
 * Builds the named network at its published width and fills it and its inputs as `setting.ts` says, so that its losses
 * equal the peer's. Everything that happens once (tracing, gradients, compiling) belongs here.
 */
export async function createStep(network: string, sizes: StepSizes): Promise<Step> {
  const peakMib = peakMibFromHere()
  const N = sizes.mode === 'train' ? sizes.clips : 1
  const shape = [N, sizes.persons, sizes.frames, sizes.joints, coordinates]
  const model = nameParts(benchmarkNetwork(network, sizes))
  for (const [name, variable] of model.variables()) {
    if (variable instanceof Parameter || name.includes('running_'))
      variable.values.set(parameterValues(name, variable.shape))
  }
  const clip = Float32Array.from(uniformValues(inputNames.keypoint, sizeOf(shape)), (u) => 2 * u - 1)
  const label = Int32Array.from(uniformValues(inputNames.label, N), (u) => Math.floor(u * classes))
  const build = sizes.mode === 'train' ? trainingStep : inferenceStep
  return { ...(await build(model, { clip, label, shape }, sizes.threads)), peakMib }
}

interface Inputs {
  readonly clip: Float32Array
  readonly label: Int32Array
  readonly shape: readonly number[]
}

/** Forward, loss, backward and update as one graph. */
async function trainingStep(model: Forward, { clip, label, shape }: Inputs, threads: number) {
  const sgd = new Sgd(model.parameters(), optimizer)
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
  const step = await new CpuDevice({
    threads,
    // As PyTorch's OpenMP threads do: the benchmark has the machine to itself.
    spinning: true,
    profile: process.env.OSSATURE_PROFILE,
  }).compile(graph)
  const feeds = { clip, label, learningRate: Float32Array.of(optimizer.learningRate) }
  return {
    async run() {
      const start = performance.now()
      const { loss } = await step.run(feeds)
      return { ms: performance.now() - start, loss: loss[0] }
    },
    release: () => step.release(),
  }
}

/** The exported file in the stock runtime with its own optimiser: what a service runs. */
async function inferenceStep(model: Forward, { clip, label, shape }: Inputs, threads: number) {
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
