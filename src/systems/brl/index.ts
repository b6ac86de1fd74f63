import { type PartialMixUpOptions, partialMixUp } from '../../augment/partial-mix-up.ts'
import { plainEpoch } from '../../data/rebalanced-sampler.ts'
import { bodyPart } from '../../skeleton/layout.ts'
import { f32, i32 } from '../../tensor/index.ts'
import { backboneClassifier } from '../classification/backbone-classifier.ts'
import { type Classifier, type ClassifierNetwork, scoreWithProgress } from '../classification/classifier.ts'
import type { ClassificationProblem } from '../classification/problem.ts'
import { type ClassifierTraining, classifierPhase } from '../classification/training.ts'
import { defineSystem } from '../system.ts'
import { changeEpochOf, createLoss } from './losses/create-loss.ts'
import { mixedLoss } from './mixed-loss.ts'
import { type BrlOptions, brlAsReleased, brlOptions } from './options.ts'
import { rebalancedIndices } from './sampling.ts'

/** Epochs of the published recipe. */
const PUBLISHED_EPOCHS = 24

/** Balanced representation learning for long-tailed sets. */
export const brl = defineSystem({
  name: 'brl',
  description: 'balanced representation learning: re-balanced sampling, partial mix-up, action-aware loss',
  publication: {
    title: 'Balanced Representation Learning for Long-tailed Skeleton-based Action Recognition',
    authors: 'Liu, Wang, Ren, Hu, Luo, Hou, Sun',
    year: 2023,
    paper: 'https://arxiv.org/abs/2308.14024',
    code: 'https://github.com/firework8/BRL',
  },
  options: brlOptions,
  asReleased: brlAsReleased,
  async plan(options, problem, { device, progress }) {
    const classifier = backboneClassifier(options, problem, device)
    return {
      phases: [classifierPhase('train', classifier, options, problem, trainingOf(options, problem, classifier))],
      score: (indices) => scoreWithProgress(classifier, indices, options.testClips, progress),
      exportModel: () => classifier.exportModel('brl'),
      notes: [],
      release: () => classifier.release(),
    }
  },
})

function trainingOf(
  options: BrlOptions,
  problem: ClassificationProblem,
  classifier: Classifier,
): ClassifierTraining<ClassifierNetwork> {
  const { batchSize, epochs, repeat, mixUp, mixLambda } = options
  const { train, dataset, trainCounts } = problem
  const loss = createLoss(options.loss, {
    classes: dataset.classes.length,
    counts: trainCounts,
    changeEpoch: options.changeEpoch ?? scaledChangeEpoch(options),
    totalEpochs: epochs,
    asReleased: options.releasedLoss,
    split: dataset.name === 'nw-ucla' ? 'train' : undefined,
  })
  const mixing = mixUp === 'none' ? undefined : mixUpOptions(options, problem, classifier)
  const shape = [batchSize, ...classifier.samples.shape] as const
  const form = mixLambda === 'batch' ? 'batch' : 'per-clip'
  return {
    epochIndices: (_, random) =>
      options.rebalance
        ? rebalancedIndices(problem, repeat, random)
        : plainEpoch(train.length, { times: repeat }, random).map((position) => train[position % train.length]),
    inputs: { labelB: i32(batchSize), lambda: f32(batchSize), ...loss.inputs(batchSize) },
    feeds({ clip, label }, epoch, random) {
      const fed = loss.feeds(epoch, batchSize, random.fork('loss'))
      if (!mixing) return { labelB: label, lambda: new Float32Array(batchSize).fill(1), ...fed }
      const mixed = partialMixUp({ data: clip, shape }, label, mixing, random.fork('mix-up'))
      return { clip: mixed.clips.data, labelB: mixed.labelB, lambda: mixed.lambda, ...fed }
    },
    objective(model, clip, { label, labelB, lambda, ...inputs }) {
      const logits = model.forward(clip)
      return { loss: mixedLoss(loss, logits, label, labelB, lambda, inputs, form), logits }
    },
  }
}

/** The published change of stage, at the same share of a run with another number of epochs. */
function scaledChangeEpoch({ loss, epochs, releasedLoss }: BrlOptions): number {
  const published = changeEpochOf(loss)
  return releasedLoss ? published : Math.max(1, Math.round((epochs * published) / PUBLISHED_EPOCHS))
}

function mixUpOptions(
  options: BrlOptions,
  { trainCounts }: ClassificationProblem,
  classifier: Classifier,
): PartialMixUpOptions {
  const { layout } = classifier.samples
  const upper = bodyPart(layout, 'upper')
  return {
    upper,
    lower: bodyPart(layout, 'lower'),
    ratio: options.mixRatio,
    alpha: options.mixAlpha ?? upper.length / layout.joints.length,
    imK: options.mixImbalance,
    classCounts: options.mixUp === 'base' ? undefined : trainCounts,
    jointOrder: options.mixJointOrder,
    partners: options.mixPartners,
    lambda: options.mixLambda,
  }
}
