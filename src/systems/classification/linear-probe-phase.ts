import { batchesInOrder } from '../../data/sampling/batches.ts'
import type { Linear } from '../../nn/index.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import type { CompiledStep, Device } from '../../runtime/device.ts'
import { f32, softmax, trace } from '../../tensor/index.ts'
import { TestRows } from '../../train/classifier/test-rows.ts'
import type { Epoch, TrainingPhase } from '../../train/phase.ts'
import { type FeatureExtractor, traceProbeStep } from '../../train/representation/linear-probe.ts'
import type { LearningRate } from '../../train/schedules.ts'
import type { Classifier, ClassifierNetwork } from './classifier.ts'
import type { ClassificationProblem } from './problem.ts'
import { isEvaluated, type PhaseOptions, testCurves, top1 } from './training.ts'

/** A network whose encoder stays as it is while its head is trained. */
export type ProbedNetwork = ClassifierNetwork & FeatureExtractor & { readonly head: Linear }

interface KnownFeatures {
  readonly train: Float32Array
  readonly test: Float32Array
}

/**
 * Training of a linear classifier on a fixed encoder, with clips that are not augmented. Their features are computed once,
 * when the phase starts or goes on; an epoch goes through the training clips once.
 */
export class LinearProbe {
  readonly phase: TrainingPhase
  private readonly classifier: Classifier<ProbedNetwork>
  private readonly problem: ClassificationProblem
  private readonly device: Device
  private known: Promise<KnownFeatures> | undefined
  private scoring: CompiledStep | undefined

  /** @param classifier whose optimiser has the parameters of the head */
  constructor(
    name: string,
    classifier: Classifier<ProbedNetwork>,
    options: PhaseOptions,
    problem: ClassificationProblem,
    device: Device,
    learningRate: LearningRate,
  ) {
    this.classifier = classifier
    this.problem = problem
    this.device = device
    const { variables, optimizer } = classifier
    const { batchSize, epochs } = options
    const root = new CounterStream(options.seed).fork('training', name)
    this.phase = {
      name,
      epochs,
      step: traceProbeStep(classifier.model.head, optimizer, batchSize),
      learningRate,
      variables,
      epoch: (number) => this.epoch(batchSize, root.fork('order', number)),
      evaluate: async (number) => (isEvaluated(number, options) ? this.evaluate() : undefined),
    }
  }

  async release(): Promise<void> {
    await this.scoring?.release()
  }

  private epoch(batchSize: number, random: CounterStream): Epoch {
    const { dataset, train } = this.problem
    const order = random.shuffle(train.map((_, place) => place))
    const batches = batchesInOrder(order, { size: batchSize, last: 'wrap' })
    return {
      iterations: batches.length,
      clips: batchSize,
      feeds: async (iteration) => {
        const places = batches[iteration].indices
        this.known ??= this.encode()
        const all = (await this.known).train
        const width = all.length / train.length
        const features = new Float32Array(batchSize * width)
        places.forEach((place, i) => {
          features.set(all.subarray(place * width, (place + 1) * width), i * width)
        })
        return { features, label: Int32Array.from(places, (place) => dataset.entries[train[place]].label) }
      },
      measure: ({ loss, logits }, { label }) => ({ loss: loss[0], 'top-1': top1(logits, label) }),
    }
  }

  private async encode(): Promise<KnownFeatures> {
    const { model, samples } = this.classifier
    const { train, test } = this.problem
    const rows = await TestRows.compile(({ clip }) => model.features(clip), samples, this.device)
    const known = {
      train: Float32Array.from(await rows.of(train)),
      test: Float32Array.from(await rows.of(test)),
    }
    await rows.release()
    return known
  }

  private async evaluate(): Promise<Record<string, number>> {
    const { head } = this.classifier.model
    const { dataset, test } = this.problem
    this.known ??= this.encode()
    const features = (await this.known).test
    this.scoring ??= await this.device.compile(
      trace({ features: f32(test.length, features.length / test.length) }, (tensors) => ({
        rows: softmax(head.forward(tensors.features)),
      })),
    )
    const { rows } = await this.scoring.run({ features })
    const scores = { data: Float64Array.from(rows), samples: test.length, classes: dataset.classes.length }
    return testCurves(scores, this.problem)
  }
}
