import { parameterValues, uniformValues } from '../golden/fill.ts'
import { OssatureError } from '../src/errors.ts'
import { createBackbone } from '../src/models/build.ts'
import { Recognizer } from '../src/models/recognizer.ts'
import { crossEntropy, nameParts, Parameter, Sgd } from '../src/nn/index.ts'
import { CpuDevice } from '../src/runtime/cpu/device.ts'
import { layouts } from '../src/skeleton/layouts/index.ts'
import { Bank, f32, i32, sizeOf, trace } from '../src/tensor/index.ts'
import { peakMibFromHere } from './memory.ts'
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
  const training = sizes.mode === 'train'
  const N = training ? sizes.clips : 1
  const shape = [N, sizes.persons, sizes.frames, sizes.joints, coordinates]
  const layout = layouts.find(({ joints }) => joints.length === sizes.joints)
  if (!layout) throw new OssatureError('no skeleton layout has this many joints', { found: String(sizes.joints) })

  const backbone = createBackbone(network, { layout, persons: sizes.persons, channels: coordinates })
  const model = nameParts(new Recognizer(backbone, classes))
  for (const [name, variable] of model.variables()) {
    if (variable instanceof Parameter || name.includes('running_'))
      variable.values.set(parameterValues(name, variable.shape))
  }
  const sgd = new Sgd(model.parameters(), optimizer)
  new Bank('buffers', 'buffer', model.buffers())

  const graph = trace(
    { clip: f32(...shape), label: i32(N), learningRate: f32() },
    ({ clip, label, learningRate }) => {
      const loss = crossEntropy(model.forward(clip), label)
      if (training) sgd.update(loss, learningRate)
      return { loss }
    },
    { training },
  )
  const step = await new CpuDevice({
    threads: sizes.threads,
    // As PyTorch's OpenMP threads do: the benchmark has the machine to itself.
    spinning: true,
    profile: process.env.OSSATURE_PROFILE,
  }).compile(graph)
  const feeds = {
    clip: Float32Array.from(uniformValues(inputNames.keypoint, sizeOf(shape)), (u) => 2 * u - 1),
    label: Int32Array.from(uniformValues(inputNames.label, N), (u) => Math.floor(u * classes)),
    learningRate: Float32Array.of(optimizer.learningRate),
  }
  return {
    async run() {
      const start = performance.now()
      const { loss } = await step.run(feeds)
      return { ms: performance.now() - start, loss: loss[0] }
    },
    peakMib,
    release: () => step.release(),
  }
}
