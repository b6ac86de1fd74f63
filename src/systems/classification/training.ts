import { batchesInOrder } from '../../data/sampling/batches.ts'
import { plainEpoch } from '../../data/sampling/rebalanced-sampler.ts'
import { topAccuracies } from '../../evaluate/metrics/metrics.ts'
import type { Scores } from '../../evaluate/scores/scores.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { HostArray } from '../../runtime/device.ts'
import { f32, i32, type Tensor, type TensorType, trace } from '../../tensor/index.ts'
import type { Epoch, TrainingPhase } from '../../train/phase.ts'
import { cosinePerIteration, type LearningRate, multiStep, perEpoch } from '../../train/schedules.ts'
import type { Classifier, ClassifierNetwork } from './classifier.ts'
import type { MachineOptions, TrainingOptions } from './options.ts'
import type { ClassificationProblem } from './problem.ts'

/** The inputs of one batch, `clip` (N, M, T, V, C) among them, with the labels of its clips. */
export interface LabelledBatch {
  readonly inputs: Readonly<Record<string, Float32Array>>
  readonly label: Int32Array
}

/** What a step computes: the scalar that it makes smaller, logits (N, classes), and further scalars to log. */
export interface Objective {
  readonly loss: Tensor
  readonly logits: Tensor
  readonly [logged: string]: Tensor
}

/** What one system does differently from another while it trains a classifier. */
export interface ClassifierTraining<N extends ClassifierNetwork> {
  /** Indices of the training clips of one epoch, in order. */
  epochIndices(epoch: number, random: RandomStream): readonly number[]
  /** Inputs of the step beside those of the network, `label` and `learningRate`; none when absent. */
  readonly inputs?: Readonly<Record<string, TensorType>>
  /** Values of `inputs` for one batch; may replace clips. */
  feeds?(batch: LabelledBatch, epoch: number, random: RandomStream): Record<string, HostArray>
  /** @param tensors the inputs of the network, `label` and `inputs` */
  objective(model: N, tensors: Readonly<Record<string, Tensor>>): Objective
  /** @param iterations number of steps of each epoch */
  learningRate(iterations: readonly number[]): LearningRate
}

/** What of the options a phase needs, whatever the system. */
export type PhaseOptions = Pick<TrainingOptions, 'batchSize' | 'epochs' | 'evaluateEvery'> &
  Pick<MachineOptions, 'seed'>

/** The training phase of a classifier: batches are a pure function of seed, epoch and iteration. */
export function classifierPhase<N extends ClassifierNetwork>(
  name: string,
  classifier: Classifier<N>,
  options: PhaseOptions,
  problem: ClassificationProblem,
  training: ClassifierTraining<N>,
): TrainingPhase {
  const { batchSize, epochs, seed } = options
  const root = new CounterStream(seed).fork('training', name)
  const batchesOf = (epoch: number) =>
    batchesInOrder(training.epochIndices(epoch, root.fork('order', epoch)), { size: batchSize, last: 'wrap' })
  const iterations = Array.from({ length: epochs }, (_, epoch) => batchesOf(epoch).length)
  const shapes = Object.entries(classifier.samples.shapes).map(([key, shape]) => [key, f32(batchSize, ...shape)])
  const step = trace(
    {
      ...(Object.fromEntries(shapes) as Record<string, TensorType>),
      label: i32(batchSize),
      ...training.inputs,
      learningRate: f32(),
    },
    ({ learningRate, ...tensors }) => {
      const objective = training.objective(classifier.model, tensors)
      classifier.update(objective.loss, learningRate)
      return objective
    },
    { training: true, random: classifier.random },
  )

  function epoch(number: number): Epoch {
    const batches = batchesOf(number)
    return {
      iterations: batches.length,
      clips: batchSize,
      async feeds(iteration) {
        const random = root.fork('batch', number, iteration)
        const { indices } = batches[iteration]
        const label = Int32Array.from(indices, (index) => problem.dataset.entries[index].label)
        const inputs = await classifier.trainingBatch(indices, random)
        return { ...inputs, label, ...training.feeds?.({ inputs, label }, number, random) }
      },
      measure: ({ logits, ...scalars }, { label }) => ({
        ...Object.fromEntries(Object.entries(scalars).map(([key, [value]]) => [key, value])),
        loss: scalars.loss[0],
        'top-1': top1(logits, label),
      }),
    }
  }

  async function evaluate(number: number): Promise<Record<string, number> | undefined> {
    if (!isEvaluated(number, options)) return undefined
    return testCurves(await classifier.score(problem.test, 1), problem)
  }

  const learningRate = training.learningRate(iterations)
  return { name, epochs, step, learningRate, variables: classifier.variables, epoch, evaluate }
}

/** Whether an epoch, counted from 0, is followed by an evaluation on the test clips. */
export function isEvaluated(epoch: number, { evaluateEvery }: Pick<TrainingOptions, 'evaluateEvery'>): boolean {
  return evaluateEvery > 0 && (epoch + 1) % evaluateEvery === 0
}

/** Mean loss and accuracy of the scores of the test clips, by the names that they have in the curves. */
export function testCurves(scores: Scores, { dataset, test }: ClassificationProblem) {
  const { data, classes } = scores
  const labels = Int32Array.from(test, (index) => dataset.entries[index].label)
  let loss = 0
  labels.forEach((label, n) => {
    loss -= Math.log(Math.max(data[n * classes + label], 1e-12)) / labels.length
  })
  return { 'test-loss': loss, 'top-1-test': topAccuracies(scores, labels, [1])[0] }
}

/**
 * The rate that the options ask for.
 * @param iterations number of steps of each epoch
 */
export function scheduledRate(options: TrainingOptions, iterations: readonly number[]): LearningRate {
  const { schedule, learningRate, milestones, warmUp } = options
  const rate =
    schedule === 'cosine'
      ? cosinePerIteration(learningRate, Math.max(1, sumOf(iterations)))
      : perEpoch(multiStep(learningRate, milestones))
  const rising = sumOf(iterations.slice(0, warmUp))
  return (position) => rate(position) * Math.min(1, rising === 0 ? 1 : (position.iteration + 1) / rising)
}

/**
 * Every training clip once, in a new order, as often as the epoch goes through them.
 * @param times passes over the clips in one epoch
 */
export function plainOrder({ train }: ClassificationProblem, times: number) {
  return (_epoch: number, random: RandomStream): number[] =>
    plainEpoch(train.length, { times }, random).map((position) => train[position % train.length])
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0)

/** Share of the rows of logits (N, classes) whose largest entry is at the label, counted as in the results of a run. */
export function top1(logits: HostArray, labels: HostArray): number {
  const samples = labels.length
  const scores = { data: logits as Float32Array, samples, classes: logits.length / samples }
  return topAccuracies(scores, labels, [1])[0]
}
