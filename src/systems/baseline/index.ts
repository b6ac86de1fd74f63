import { crossEntropy } from '../../nn/index.ts'
import { backboneClassifier } from '../classification/backbone-classifier.ts'
import { classificationOptions } from '../classification/options.ts'
import { classificationPlan } from '../classification/plan.ts'
import { recipeSamples } from '../classification/recipe-samples.ts'
import { classifierPhase, plainOrder, scheduledRate } from '../classification/training.ts'
import { defineSystem } from '../system.ts'

/** A backbone trained with cross entropy on the clips as they are. */
export const baseline = defineSystem({
  name: 'baseline',
  description: 'a backbone with cross entropy, no re-sampling, no mixing',
  publication: {
    title: 'PYSKL: Towards Good Practices for Skeleton Action Recognition',
    authors: 'Duan, Wang, Chen, Lin',
    year: 2022,
    paper: 'https://arxiv.org/abs/2205.09443',
    code: 'https://github.com/kennymckormick/pyskl',
  },
  options: classificationOptions,
  samples: (options, problem) => recipeSamples(options, problem.dataset),
  async plan(options, problem, { device, progress }) {
    const classifier = backboneClassifier(options, problem, device)
    const phase = classifierPhase('train', classifier, options, problem, {
      epochIndices: plainOrder(problem, options.repeat),
      learningRate: (iterations) => scheduledRate(options, iterations),
      objective(model, { clip, label }) {
        const logits = model.forward(clip)
        return { loss: crossEntropy(logits, label), logits }
      },
    })
    return classificationPlan('baseline', classifier, [phase], { progress, testClips: options.testClips })
  },
})
