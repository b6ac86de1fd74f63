import { batchesInOrder } from '../../data/batches.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { HostArray } from '../../runtime/device.ts'
import { f32, i32, type Tensor, type TensorType, trace } from '../../tensor/index.ts'
import type { Epoch, TrainingPhase } from '../../train/phase.ts'
import { cosinePerIteration, type LearningRate } from '../../train/schedules.ts'
import type { Classifier } from './classifier.ts'
import type { ClassificationOptions } from './options.ts'
import type { ClassificationProblem } from './problem.ts'

/** Clips of one batch, (N, M, T, V, C), with their labels. */
export interface LabelledBatch {
  readonly clip: Float32Array
  readonly label: Int32Array
}

/** What one system does differently from another while it trains a classifier. */
export interface ClassifierTraining {
  /** Indices of the training clips of one epoch, in order. */
  epochIndices(epoch: number, random: RandomStream): readonly number[]
  /** Inputs of the step beside `clip`, `label` and `learningRate`. */
  readonly inputs: Readonly<Record<string, TensorType>>
  /** The inputs of one batch; may replace clips. */
  feeds(batch: LabelledBatch, epoch: number, random: RandomStream): Record<string, HostArray>
  /** Scalar loss of logits (N, classes). `tensors` are `label` and `inputs`. */
  loss(logits: Tensor, tensors: Readonly<Record<string, Tensor>>): Tensor
}

/** The training phase of a classifier: SGD, cosine learning rate per iteration, batches as a pure function of seed, epoch and iteration. */
export function classifierPhase(
  name: string,
  classifier: Classifier,
  options: ClassificationOptions,
  problem: ClassificationProblem,
  training: ClassifierTraining,
): TrainingPhase {
  const { batchSize, epochs, seed } = options
  const root = new CounterStream(seed).fork('training', name)
  const batchesOf = (epoch: number) =>
    batchesInOrder(training.epochIndices(epoch, root.fork('order', epoch)), { size: batchSize, last: 'wrap' })
  const iterations = Array.from({ length: epochs }, (_, epoch) => batchesOf(epoch).length)
  const total = iterations.reduce((sum, n) => sum + n, 0)
  const step = trace(
    {
      clip: f32(batchSize, ...classifier.samples.shape),
      label: i32(batchSize),
      ...training.inputs,
      learningRate: f32(),
    },
    ({ clip, learningRate, ...tensors }) => {
      const logits = classifier.model.forward(clip)
      const loss = training.loss(logits, tensors)
      classifier.optimizer.update(loss, learningRate)
      return { loss, logits }
    },
    { training: true, random: classifier.random },
  )

  function epoch(number: number): Epoch {
    const batches = batchesOf(number)
    return {
      iterations: batches.length,
      clips: batchSize,
      feeds(iteration) {
        const random = root.fork('batch', number, iteration)
        const { indices } = batches[iteration]
        const label = Int32Array.from(indices, (index) => problem.dataset.entries[index].label)
        const clip = classifier.samples.trainingBatch(indices, random)
        return { clip, label, ...training.feeds({ clip, label }, number, random) }
      },
      measure: ({ loss, logits }, { label }) => ({ loss: loss[0], 'top-1': top1(logits, label) }),
    }
  }

  async function evaluate(number: number): Promise<Record<string, number> | undefined> {
    const { evaluateEvery } = options
    if (evaluateEvery === 0 || (number + 1) % evaluateEvery !== 0) return undefined
    const { data, classes } = await classifier.score(problem.test, 1)
    const labels = Int32Array.from(problem.test, (index) => problem.dataset.entries[index].label)
    let loss = 0
    labels.forEach((label, n) => {
      loss -= Math.log(Math.max(data[n * classes + label], 1e-12)) / labels.length
    })
    return { 'test-loss': loss, 'top-1-test': top1(Float32Array.from(data), labels) }
  }

  return {
    name,
    epochs,
    step,
    learningRate: warmedUp(cosinePerIteration(options.learningRate, total), iterations.slice(0, options.warmUp)),
    variables: classifier.variables,
    epoch,
    evaluate,
  }
}

/** The rate, rising linearly from nothing over the iterations of the first epochs. */
function warmedUp(rate: LearningRate, iterationsOfEpochs: readonly number[]): LearningRate {
  const length = iterationsOfEpochs.reduce((sum, n) => sum + n, 0)
  return (position) => rate(position) * Math.min(1, length === 0 ? 1 : (position.iteration + 1) / length)
}

/** Share of rows whose largest entry is at the label. */
function top1(logits: HostArray, labels: HostArray): number {
  const classes = logits.length / labels.length
  let right = 0
  labels.forEach((label, n) => {
    const row = logits.subarray(n * classes, (n + 1) * classes)
    if (row.indexOf(Math.max(...row)) === label) right++
  })
  return right / labels.length
}
