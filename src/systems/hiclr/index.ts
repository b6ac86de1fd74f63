import { samplesOfRecipe } from '../classification/recipe-samples.ts'
import { defineSystem } from '../system.ts'
import { evaluationPlan } from './evaluation.ts'
import { type HiclrOptions, hiclrAsReleased, hiclrOptions } from './options.ts'
import { Pretraining } from './pretraining.ts'
import { growingViewsRecipe, requireFrameCache } from './recipe.ts'

/** Epochs of the published recipe without labels. */
const PUBLISHED_EPOCHS = 300

/** An encoder trained without labels by views whose augmentations grow, then judged. */
export const hiclr = defineSystem({
  name: 'hiclr',
  description: 'an encoder trained without labels on views whose augmentations grow, judged by a classifier on it',
  publication: {
    title:
      'Hierarchical Consistent Contrastive Learning for Skeleton-Based Action Recognition with Growing Augmentations',
    authors: 'Zhang, Lin, Liu',
    year: 2023,
    paper: 'https://arxiv.org/abs/2211.13466',
    code: 'https://github.com/JHang2020/HiCLR',
  },
  options: hiclrOptions,
  asReleased: hiclrAsReleased,
  samples: (options, { dataset }) =>
    samplesOfRecipe(
      { ...growingViewsRecipe(options, dataset), stream: 'j' as const },
      dataset,
      stepsOf(options),
      'strong',
    ),
  async plan(options, problem, { device, progress }) {
    requireFrameCache(problem)
    const pretraining = options.pretrainEpochs > 0 ? new Pretraining(options, problem, device) : undefined
    return evaluationPlan({ options, problem, device, pretraining, details: { progress, notes: notesOf(options) } })
  },
})

const NORMAL_STEPS = [
  'left and right joints exchanged in 50 % of the samples',
  'turned by up to 30° about one axis',
  'noise added in 50 % of the samples',
  'blurred in time in 50 % of the samples',
  'one axis set to 0 in 50 % of the samples',
  'backwards in 50 % of the samples',
] as const

/** What is done to a clip for the strongest view, before joints are covered. */
function stepsOf({ clipLength, cropRatio, shearAmplitude, augMethod }: HiclrOptions): string[] {
  return [
    'relative to the centre, turned to the front',
    `resized to ${clipLength} frames`,
    ...(cropRatio > 0 ? ['mirrored at both ends in time and cropped'] : []),
    ...(shearAmplitude > 0 ? [`sheared by up to ${shearAmplitude}`] : []),
    ...NORMAL_STEPS.filter((_, i) => augMethod.includes(`${i + 1}`)),
  ]
}

function notesOf({ pretrainEpochs, evaluation }: HiclrOptions): string[] {
  const without =
    pretrainEpochs === 0
      ? 'no training without labels in this run: the encoder is the one that the run started from, or a random one'
      : `${pretrainEpochs} epochs without labels; the published recipe has ${PUBLISHED_EPOCHS}`
  return evaluation === 'knn' ? [without] : [without, 'the last epoch is tested; the authors report the best one']
}
