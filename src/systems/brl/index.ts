import { f32, i32 } from '../../tensor/index.ts'
import { backboneClassifier } from '../classification/backbone-classifier.ts'
import type { Classifier, ClassifierNetwork } from '../classification/classifier.ts'
import { classificationPlan } from '../classification/plan.ts'
import type { ClassificationProblem } from '../classification/problem.ts'
import { recipeSamples } from '../classification/recipe-samples.ts'
import { type ClassifierTraining, classifierPhase, plainOrder, scheduledRate } from '../classification/training.ts'
import { defineSystem } from '../system.ts'
import { changeEpochOf, createLoss } from './losses/create-loss.ts'
import { mixedLoss } from './mixed-loss.ts'
import { mixingOf } from './mixing.ts'
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
  samples: (options, problem) => ({ ...recipeSamples(options, problem.dataset), mixing: mixingOf(options, problem) }),
  async plan(options, problem, { device, progress }) {
    const classifier = backboneClassifier(options, problem, device)
    const phase = classifierPhase('train', classifier, options, problem, trainingOf(options, problem, classifier))
    return classificationPlan('brl', classifier, [phase], { progress, testClips: options.testClips })
  },
})

function trainingOf(
  options: BrlOptions,
  problem: ClassificationProblem,
  classifier: Classifier,
): ClassifierTraining<ClassifierNetwork> {
  const { batchSize, epochs, repeat, mixLambda } = options
  const { dataset, trainCounts } = problem
  const loss = createLoss(options.loss, {
    classes: dataset.classes.length,
    counts: trainCounts,
    changeEpoch: options.changeEpoch ?? scaledChangeEpoch(options),
    totalEpochs: epochs,
    asReleased: options.releasedLoss,
    split: dataset.name === 'nw-ucla' ? 'train' : undefined,
  })
  const mixing = mixingOf(options, problem)
  const [M, T, V, C] = classifier.samples.shapes.clip
  const shape = [batchSize, M, T, V, C] as const
  const form = mixLambda === 'batch' ? 'batch' : 'per-clip'
  return {
    epochIndices: options.rebalance
      ? (_, random) => rebalancedIndices(problem, repeat, random)
      : plainOrder(problem, repeat),
    inputs: { labelB: i32(batchSize), lambda: f32(batchSize), ...loss.inputs(batchSize) },
    feeds({ inputs: { clip }, label }, epoch, random) {
      const fed = loss.feeds(epoch, batchSize, random.fork('loss'))
      if (!mixing) return { labelB: label, lambda: new Float32Array(batchSize).fill(1), ...fed }
      const mixed = mixing.mix({ data: clip, shape }, label, random.fork('mix-up'))
      return { clip: mixed.clips.data, labelB: mixed.labelB, lambda: mixed.lambda, ...fed }
    },
    learningRate: (iterations) => scheduledRate(options, iterations),
    objective(model, { clip, label, labelB, lambda, ...inputs }) {
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
