import { OssatureError } from '../../errors.ts'
import { createBackbone } from '../../models/build.ts'
import { OriginalClassifier } from '../../models/original/classifier.ts'
import { isStaged, type StagedBackbone } from '../../models/staged-backbone.ts'
import { crossEntropy, Sgd } from '../../nn/index.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import { add, f32, multiply } from '../../tensor/index.ts'
import { Classifier, type ClassifierInput } from '../classification/classifier.ts'
import { classificationPlan } from '../classification/plan.ts'
import { recipeOf } from '../classification/recipe.ts'
import { recipeSamples } from '../classification/recipe-samples.ts'
import { classifierPhase, type Objective, plainOrder } from '../classification/training.ts'
import { defineSystem } from '../system.ts'
import { type FrHeadOptions, frHeadOptions } from './options.ts'
import { learningRateOf, recipeByData } from './recipe.ts'
import { RefinedClassifier } from './refined-classifier.ts'
import { RefinementHeads } from './refinement-heads.ts'

/** A backbone with heads that sharpen the features of classes that are confused. */
export const frHead = defineSystem({
  name: 'fr-head',
  description: 'a graph network with heads at four depths that tell confused classes apart by contrast',
  publication: {
    title: 'Learning Discriminative Representations for Skeleton Based Action Recognition',
    authors: 'Zhou, Liu, Wang',
    year: 2023,
    paper: 'https://arxiv.org/abs/2303.03729',
    code: 'https://github.com/zhysora/FR-Head',
  },
  options: frHeadOptions,
  samples: (options, { dataset }) => recipeSamples(options, dataset),
  async plan(options, problem, { device, progress }) {
    const { momentum, nesterov, seed, loaders, averaging, wClLoss, startClEpoch } = options
    const { weightDecay, repeat } = recipeByData(options, problem.dataset)
    const classifier = new Classifier(
      {
        recipe: recipeOf(options, problem.dataset),
        network: (input) => networkOf(options, input),
        optimizer: (parameters) => new Sgd(parameters, { momentum, nesterov, weightDecay }),
        seed,
        loaders,
        averaging,
      },
      problem,
      device,
    )
    const phase = classifierPhase('train', classifier, options, problem, {
      epochIndices: plainOrder(problem, repeat),
      inputs: { contrastWeight: f32() },
      feeds: (_, epoch) => ({ contrastWeight: Float32Array.of(epoch < startClEpoch ? 0 : wClLoss) }),
      learningRate: () => learningRateOf(options, problem.dataset),
      objective(model, { clip, label, contrastWeight }): Objective {
        if (!(model instanceof RefinedClassifier)) {
          const logits = model.forward(clip)
          return { logits, loss: crossEntropy(logits, label) }
        }
        const { logits, contrast } = model.forwardRefined(clip, label)
        return { logits, contrast, loss: add(crossEntropy(logits, label), multiply(contrast, contrastWeight)) }
      },
    })
    return classificationPlan('fr-head', classifier, [phase], { progress, testClips: options.testClips })
  },
})

/** The backbone with its heads, or alone. */
function networkOf(
  options: FrHeadOptions,
  input: ClassifierInput,
): RefinedClassifier | OriginalClassifier<StagedBackbone> {
  const { persons, clipLength: frames, layout, classes } = input
  const backbone = createBackbone(options.backbone, input, options)
  if (!isStaged(backbone)) {
    throw new OssatureError('this backbone cannot carry refinement heads', {
      where: 'backbone',
      expected:
        'one that gives the features after each of its blocks, such as ctrgcn-original, aagcn-original or stgcnpp',
      found: options.backbone,
    })
  }
  const classifier = new OriginalClassifier(backbone, classes, { dropOut: options.dropout })
  if (!options.contrast) return classifier
  const [low, mid, high, fin] = options.wMultiClLoss
  const prototypes = new CounterStream(options.seed).fork('prototypes')
  const heads = new RefinementHeads(
    classifier.backbone,
    { persons, frames, joints: layout.joints.length },
    classes,
    prototypes,
    {
      version: options.clVersion,
      useProbabilityMap: options.usePMap,
      predictionThreshold: options.predThreshold,
      levelWeights: [low, mid, high, fin],
    },
  )
  return new RefinedClassifier(classifier, heads)
}
