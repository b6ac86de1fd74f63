import { clipBatch } from '../../attack/clip-batches.ts'
import { type ContrastiveViewOptions, contrastiveView } from '../../augment/recipes/contrastive-view.ts'
import { epochBatches } from '../../data/sampling/batches.ts'
import { Sgd } from '../../nn/index.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { Points } from '../../skeleton/points.ts'
import { withChannels } from '../../skeleton/with-channels.ts'
import { Bank, f32, trace, type Variable } from '../../tensor/index.ts'
import type { Epoch, TrainingPhase } from '../../train/phase.ts'
import { cosinePerEpoch, multiStep, perEpoch } from '../../train/schedules.ts'
import type { InterSkeletonContrast } from './inter-skeleton-contrast.ts'

export interface PretrainingOptions {
  readonly epochs: number
  /** The queues hold a multiple of it. */
  readonly batchSize: number
  readonly learningRate: number
  /** Epochs at which the rate falls to a tenth. */
  readonly milestones: readonly number[]
  /** Half a cosine over all epochs in place of the milestones. */
  readonly cosine: boolean
  readonly momentum: number
  readonly weightDecay: number
  /** Frames of a view. */
  readonly window: number
  readonly view?: Omit<ContrastiveViewOptions, 'window'>
  readonly seed: number
}

/** Unlabelled clips to learn from. */
export interface UnlabelledClips {
  readonly count: number
  clip(index: number): Points
}

/**
 * Pretraining of both encoders without labels. Two views of every clip, each drawn on its own; batches and views are a
 * pure function of seed, epoch and iteration. The last, incomplete batch of an epoch is left out.
 */
export function pretrainingPhase(
  model: InterSkeletonContrast,
  clips: UnlabelledClips,
  options: PretrainingOptions,
): TrainingPhase {
  const { batchSize, epochs, learningRate: base, milestones, cosine, momentum, weightDecay, window, seed } = options
  const root = new CounterStream(seed).fork('pretraining')
  const { persons, joints, channels } = model.size
  const optimizer = new Sgd(model.trained(), { momentum, weightDecay })
  new Bank('keys', 'parameter', model.keys())
  const variables = new Map<string, Variable>(model.variables())
  for (const slot of optimizer.slots()) variables.set(`optimizer.${slot.name}`, slot)
  const shape = f32(batchSize, persons, window, joints, channels)
  const step = trace(
    { first: shape, second: shape, learningRate: f32() },
    ({ first, second, learningRate }) => {
      const { loss } = model.forward(first, second)
      optimizer.update(loss, learningRate)
      return { loss }
    },
    { training: true },
  )
  const all = Array.from({ length: clips.count }, (_, index) => index)

  function epoch(number: number): Epoch {
    const batches = epochBatches(all, number, root, { size: batchSize, last: 'drop' })
    return {
      iterations: batches.length,
      clips: batchSize,
      feeds(iteration) {
        const { indices } = batches[iteration]
        const view = (name: string) => {
          const random = root.fork(name, number, iteration)
          const views = indices.map((index, i) => viewOf(clips.clip(index), options, random.fork(i)))
          return clipBatch(views, persons, window).data
        }
        return { first: view('first'), second: view('second') }
      },
      measure: ({ loss }) => ({ loss: loss[0] }),
    }
  }

  const learningRate = cosine ? cosinePerEpoch(base, epochs) : perEpoch(multiStep(base, milestones))
  return { name: 'pretraining', epochs, step, learningRate, variables, epoch }
}

/** Clips in an image are taken for clips in space whose third coordinate is 0, and seen without it. */
function viewOf(points: Points, { window, view }: PretrainingOptions, random: RandomStream): Points {
  const drawn = contrastiveView(withChannels(points, 3), points.frames, { ...view, window }, random)
  return withChannels(drawn, points.channels)
}
