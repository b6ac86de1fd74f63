import { createBackbone } from '../../src/models/build.ts'
import { Recognizer } from '../../src/models/recognizer.ts'
import { crossEntropy, initialize, nameParts, Sgd } from '../../src/nn/index.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import type { RandomStream } from '../../src/random/stream.ts'
import type { Device } from '../../src/runtime/device.ts'
import { nwUcla } from '../../src/skeleton/layouts/index.ts'
import { f32, i32, scalar, sizeOf, trace } from '../../src/tensor/index.ts'

export interface TrainingSetting {
  readonly backbone: string
  /** Channels of the first block; the published number when absent. */
  readonly width?: number
  readonly clips: number
  readonly frames: number
  readonly steps: number
  readonly learningRate: number
}

export interface TrainingResult {
  readonly losses: readonly number[]
  /** Parameters and running statistics after the last step, by name. */
  readonly variables: Readonly<Record<string, readonly number[]>>
}

const CLASSES = 10

/** Trains a network on clips of noise, one person of 20 joints each: the same numbers on every device, to rounding. */
export async function trainingRun(device: Device, setting: TrainingSetting): Promise<TrainingResult> {
  const { clips, frames, learningRate } = setting
  const layout = nwUcla
  const backbone = createBackbone(setting.backbone, { layout, persons: 1, channels: 3 }, { width: setting.width })
  const random = new CounterStream(1)
  const model = initialize(nameParts(new Recognizer(backbone, CLASSES)), random.fork('parameters'))
  // As in a trained network. Biases that start at zero would be compared by gradients that nearly cancel.
  for (const { name, values } of model.parameters()) if (name.endsWith('bias')) varied(random.fork(name), values)
  const shape = [clips, 1, frames, layout.joints.length, 3]
  const sgd = new Sgd(model.parameters(), { momentum: 0.9, weightDecay: 5e-4, nesterov: true })
  const graph = trace(
    { clip: f32(...shape), label: i32(clips) },
    ({ clip, label }) => {
      const loss = crossEntropy(model.forward(clip), label)
      sgd.update(loss, scalar(learningRate))
      return { loss }
    },
    { training: true },
  )
  const step = await device.compile(graph)
  const feeds = {
    clip: varied(random.fork('clips'), new Float32Array(sizeOf(shape))),
    label: Int32Array.from({ length: clips }, (_, i) => i % CLASSES),
  }
  const losses: number[] = []
  for (let i = 0; i < setting.steps; i++) losses.push((await step.run(feeds)).loss[0])
  await step.release()
  const variables = [...model.variables()]
  await device.pull(variables.map(([, variable]) => variable))
  return {
    losses,
    variables: Object.fromEntries(variables.map(([name, { values }]) => [name, Array.from(values)])),
  }
}

/** Fills an array with values uniform in [-1, 1). */
function varied(random: RandomStream, values: Float32Array): Float32Array {
  for (let i = 0; i < values.length; i++) values[i] = random.uniform(-1, 1)
  return values
}
