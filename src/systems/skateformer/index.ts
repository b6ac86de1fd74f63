import { SkateFormer } from '../../models/skateformer/index.ts'
import { AdamW, crossEntropy } from '../../nn/index.ts'
import { Classifier } from '../classification/classifier.ts'
import { classificationPlan } from '../classification/plan.ts'
import { samplesOfRecipe } from '../classification/recipe-samples.ts'
import { classifierPhase, plainOrder } from '../classification/training.ts'
import { defineSystem } from '../system.ts'
import { learningRateOf } from './learning-rate.ts'
import { networkOptions } from './network-options.ts'
import { skateformerOptions } from './options.ts'
import { isNwUcla, recipeOf } from './recipe.ts'

/** A transformer that attends inside partitions of near and far joints and frames. */
export const skateformer = defineSystem({
  name: 'skateformer',
  description: 'a transformer that attends inside four sorts of partitions of near and far joints and frames',
  publication: {
    title: 'SkateFormer: Skeletal-Temporal Transformer for Human Action Recognition',
    authors: 'Do, Kim',
    year: 2024,
    paper: 'https://arxiv.org/abs/2403.09508',
    code: 'https://github.com/KAIST-VICLab/SkateFormer',
  },
  options: skateformerOptions,
  samples: (options, { dataset }) =>
    samplesOfRecipe(recipeOf({ ...options, stream: 'j' }, dataset), dataset, [
      isNwUcla(dataset) ? 'every axis scaled to [-1, 1]' : 'the first pose in the origin',
      isNwUcla(dataset) ? 'an axis, or joints in some frames, dropped' : 'sheared, turned, stretched, flipped, dropped',
      `${options.clipLength} frames`,
    ]),
  async plan(options, problem, { device, progress }) {
    const { epochs, weightDecay, clipNorm, labelSmoothing, seed, loaders, averaging } = options
    const { dataset } = problem
    const classifier = new Classifier(
      {
        recipe: recipeOf(options, dataset),
        network: (input) => new SkateFormer(networkOptions(options, input)),
        optimizer: (parameters) => new AdamW(parameters, { weightDecay, clipNorm }),
        seed,
        loaders,
        averaging,
      },
      problem,
      device,
    )
    const phase = classifierPhase('train', classifier, options, problem, {
      epochIndices: plainOrder(problem, options.repeat ?? (isNwUcla(dataset) ? 10 : 1)),
      objective(model, { clip, index_t, label }) {
        const logits = model.forward(clip, index_t)
        return { loss: crossEntropy(logits, label, { labelSmoothing }), logits }
      },
      learningRate: (iterations) => learningRateOf(options, iterations),
    })
    const notes = [`${epochs} epochs; the published recipe has 500`]
    return classificationPlan('skateformer', classifier, [phase], { progress, notes })
  },
})
