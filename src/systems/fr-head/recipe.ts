import type { Dataset } from '../../data/dataset.ts'
import { cosine, type LearningRate, linearWarmUp, multiStep, perEpoch } from '../../train/schedules.ts'
import type { FrHeadOptions } from './options.ts'

/** What the published recipes do not share; epochs out of 65 after which the learning rate falls. */
const NW_UCLA = { repeat: 5, weightDecay: 1e-4, milestones: [50] }
const NTU = { repeat: 1, weightDecay: 4e-4, milestones: [35, 55] }
const EPOCHS = 65

/** The options with those that were left open, by the data; the rate falls at the published shares of the run. */
export function recipeByData(
  { repeat, weightDecay, milestones, epochs }: FrHeadOptions,
  { layout }: Pick<Dataset, 'layout'>,
): typeof NTU {
  const published = layout === 'nw_ucla' ? NW_UCLA : NTU
  const scaled = published.milestones.map((epoch) => Math.max(1, Math.round((epoch * epochs) / EPOCHS)))
  return {
    repeat: repeat ?? published.repeat,
    weightDecay: weightDecay ?? published.weightDecay,
    milestones: milestones ?? scaled,
  }
}

/** The rate of each epoch: a warm-up by epochs, then steps or a cosine. */
export function learningRateOf(options: FrHeadOptions, dataset: Pick<Dataset, 'layout'>): LearningRate {
  const { learningRate: base, schedule, epochs, warmUp: length } = options
  const rate = schedule === 'cosine' ? cosine(base, epochs) : multiStep(base, recipeByData(options, dataset).milestones)
  return perEpoch(linearWarmUp(rate, { length, end: base }))
}
