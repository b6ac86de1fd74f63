import { epochBatches } from '../../data/sampling/batches.ts'
import { OssatureError } from '../../errors.ts'
import { initialize, nameParts, Sgd } from '../../nn/index.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import type { Device } from '../../runtime/device.ts'
import { Bank, RandomState, type Variable } from '../../tensor/index.ts'
import { ClipSamples } from '../../train/classifier/clip-samples.ts'
import { BatchLoader } from '../../train/loading/batch-loader.ts'
import type { Epoch, TrainingPhase } from '../../train/phase.ts'
import { perEpoch } from '../../train/schedules.ts'
import { NearestClips } from '../classification/nearest-clips.ts'
import type { ClassificationProblem } from '../classification/problem.ts'
import { isEvaluated, testCurves } from '../classification/training.ts'
import { buildEncoder } from './build-encoder.ts'
import { ContrastiveNetwork } from './contrastive-network.ts'
import { initializeAsReleased } from './initialization.ts'
import { hiclrSchedule } from './learning-rates.ts'
import type { HiclrOptions } from './options.ts'
import { tracePretrainingStep } from './pretraining-step.ts'
import { frameCacheRecipe, growingViewsRecipe } from './recipe.ts'
import { type BatchShape, edgesView, maskedView, restyledView, type StrongView } from './strong-view.ts'

/** Columns of the published queue. */
const LONGEST_QUEUE = 32768

/** Of the epochs without labels, the share after which the published recipes lower the rate. */
const LATE = 5 / 6

const WEIGHT_DECAY = { 'st-gcn': 1e-4, dsta: 5e-4 } as const
const EDGE_RATE = { 'drop-edges': 0.1, 'add-edges': 0.05 } as const

/** The published rate, 0.1 for a batch of 128, in proportion for others: 0.1 and a batch of 16 may learn nothing. */
export function defaultRate(batchSize: number): number {
  return (0.1 * batchSize) / 128
}

/** Whole batches that a queue holds by default: as many as there are clips for, up to the published length. */
export function defaultQueueSize(batchSize: number, clips: number): number {
  return batchSize * Math.max(1, Math.floor(Math.min(LONGEST_QUEUE, clips) / batchSize))
}

/**
 * Training without labels. It is two phases with the same network and optimiser, `pretrain` and `mining`: in the second
 * the nearest old features count as positives, too.
 */
export class Pretraining {
  readonly network: ContrastiveNetwork
  readonly phases: readonly TrainingPhase[]
  private readonly options: HiclrOptions
  private readonly problem: ClassificationProblem
  private readonly loader: BatchLoader
  private readonly nearest: NearestClips
  private readonly strongView: StrongView
  private readonly root: CounterStream

  /** @throws OssatureError for a queue that does not fit, or fewer clips than one batch holds */
  constructor(options: HiclrOptions, problem: ClassificationProblem, device: Device) {
    const { pretrainBatchSize: batchSize, seed, loaders, keyMomentum, temperature, nearest: topk } = options
    const { dataset, train } = problem
    const samples = new ClipSamples(dataset, growingViewsRecipe(options, dataset), train)
    const shape = [batchSize, ...samples.shapes.basic] as unknown as BatchShape
    this.options = options
    this.problem = problem
    this.root = new CounterStream(seed).fork('training', 'pretrain')
    this.network = contrastiveNetwork(options, samples, queueSizeOf(options, train.length))
    this.loader = new BatchLoader(samples, loaders)
    this.strongView = strongViewOf(options, shape, this.network)
    const { encoder_q, encoder_k } = this.network
    const tested = new ClipSamples(dataset, frameCacheRecipe(options, dataset))
    const { neighbours, voteTemperature } = options
    this.nearest = new NearestClips(encoder_q, tested, problem, device, { neighbours, temperature: voteTemperature })
    const { momentum, encoder, pretrainWeightDecay: weightDecay = WEIGHT_DECAY[encoder] } = options
    const optimizer = new Sgd(this.network.trained(), { momentum, weightDecay })
    new Bank('keys', 'parameter', encoder_k.parameters())
    new Bank('statistics', 'buffer', [...encoder_q.buffers(), ...encoder_k.buffers()])
    const random = new RandomState(seed)
    const variables = new Map<string, Variable>(this.network.variables())
    for (const slot of optimizer.slots()) variables.set(`optimizer.${slot.name}`, slot)
    variables.set('training.random', random)
    const stepOf = (mining: boolean) => {
      const contrast = { momentum: keyMomentum, temperature, topk, mining, random }
      return tracePretrainingStep(this.network, optimizer, shape, this.strongView, contrast)
    }
    const { pretrainEpochs, miningFrom } = options
    const first = Math.round(miningFrom * pretrainEpochs)
    this.phases = [
      { name: 'pretrain', start: 0, epochs: first, mining: false },
      { name: 'mining', start: first, epochs: pretrainEpochs - first, mining: true },
    ]
      .filter(({ epochs }) => epochs > 0)
      .map(({ name, start, epochs, mining }) => ({
        name,
        epochs,
        step: stepOf(mining),
        learningRate: ({ epoch, ...position }) => this.learningRate({ ...position, epoch: start + epoch }),
        variables,
        epoch: (number) => this.epoch(start + number),
        evaluate: (number) => this.evaluate(start + number),
      }))
  }

  async release(): Promise<void> {
    await this.loader.close()
    await this.nearest.release()
  }

  private get learningRate(): TrainingPhase['learningRate'] {
    const { pretrainEpochs: epochs, pretrainBatchSize, pretrainLearningRate, pretrainMilestones } = this.options
    const base = pretrainLearningRate ?? defaultRate(pretrainBatchSize)
    const steps = pretrainMilestones ?? [Math.max(1, Math.round(LATE * epochs))]
    return perEpoch(hiclrSchedule({ command: 'pretrain', optimizer: 'sgd', base, steps, epochs }))
  }

  /** Every training clip at most once, in a new order; those that do not fill a batch are left out. */
  private epoch(number: number): Epoch {
    const size = this.options.pretrainBatchSize
    const batches = epochBatches(this.problem.train, number, this.root, { size, last: 'drop' })
    return {
      iterations: batches.length,
      clips: size,
      feeds: async (iteration) => {
        const random = this.root.fork('batch', number, iteration)
        const views = await this.loader.batch(batches[iteration].indices, random)
        const { basic: queryBasic, key: keyBasic, normal, strong } = views
        return { queryBasic, keyBasic, normal, strong, ...this.strongView.feeds(random.fork('strong')) }
      },
      measure: (outputs) => Object.fromEntries(Object.entries(outputs).map(([name, [value]]) => [name, value])),
    }
  }

  private async evaluate(number: number): Promise<Record<string, number> | undefined> {
    if (!isEvaluated(number, this.options)) return undefined
    return testCurves(await this.nearest.scores(this.problem.test), this.problem)
  }
}

function queueSizeOf({ pretrainBatchSize, queueSize, nearest }: HiclrOptions, clips: number): number {
  if (clips < pretrainBatchSize) {
    throw new OssatureError('there are fewer training clips than one batch holds', {
      where: 'HiCLR without labels',
      expected: `at least ${pretrainBatchSize} clips`,
      found: `${clips}`,
      hint: 'Choose a smaller pretrainBatchSize.',
    })
  }
  const size = queueSize ?? defaultQueueSize(pretrainBatchSize, clips)
  if (nearest <= size) return size
  throw new OssatureError('the queue has fewer features than are to count as positives', {
    where: 'nearest',
    expected: `at most ${size}`,
    found: `${nearest}`,
  })
}

function contrastiveNetwork(options: HiclrOptions, { shapes, layout }: ClipSamples, queueSize: number) {
  const { featureDim, dropout, keyStart, seed } = options
  const [, clipLength, , channels] = shapes.basic
  const stream = new CounterStream(seed).fork('initialization')
  const head = { kind: 'projection', featureDim } as const
  const network = nameParts(
    new ContrastiveNetwork(() => buildEncoder(options, { layout, clipLength, channels }, dropout, head), {
      featureDim,
      queueSize,
      random: stream.fork('queue'),
    }),
  )
  initialize(network, stream)
  initializeAsReleased(network, stream.fork('released'))
  if (keyStart === 'copy') {
    const keys = new Map(network.encoder_k.variables())
    for (const [name, { values }] of network.encoder_q.variables()) keys.get(name)!.values.set(values)
  }
  return network
}

function strongViewOf(
  { strongView, maskRatio, edgeRate, encoder }: HiclrOptions,
  shape: BatchShape,
  { mask_param }: ContrastiveNetwork,
): StrongView {
  if (strongView === 'mask') return maskedView(shape, maskRatio, mask_param)
  if (strongView === 'adain') return restyledView(shape)
  return edgesView(strongView, edgeRate ?? EDGE_RATE[strongView], encoder === 'dsta')
}
