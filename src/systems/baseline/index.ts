import { plainEpoch } from '../../data/rebalanced-sampler.ts'
import { crossEntropy } from '../../nn/index.ts'
import { Classifier, scoreWithProgress } from '../classification/classifier.ts'
import { classificationOptions } from '../classification/options.ts'
import { type ClassifierTraining, classifierPhase } from '../classification/training.ts'
import { defineSystem } from '../system.ts'

/** A backbone trained with cross entropy on the clips as they are. */
export const baseline = defineSystem({
  name: 'baseline',
  description: 'a backbone with cross entropy, no re-sampling, no mixing, no augmentation',
  publication: {
    title: 'PYSKL: Towards Good Practices for Skeleton Action Recognition',
    authors: 'Duan, Wang, Chen, Lin',
    year: 2022,
    paper: 'https://arxiv.org/abs/2205.09443',
    code: 'https://github.com/kennymckormick/pyskl',
  },
  options: classificationOptions,
  async plan(options, problem, { device, progress }) {
    const classifier = new Classifier(options, problem, device)
    const training: ClassifierTraining = {
      epochIndices: (_, random) =>
        plainEpoch(problem.train.length, { times: options.repeat }, random).map(
          (position) => problem.train[position % problem.train.length],
        ),
      inputs: {},
      feeds: () => ({}),
      loss: (logits, { label }) => crossEntropy(logits, label),
    }
    return {
      phases: [classifierPhase('train', classifier, options, problem, training)],
      score: (indices) => scoreWithProgress(classifier, indices, options.testClips, progress),
      exportModel: () => classifier.exportModel('baseline'),
      notes: [],
      release: () => classifier.release(),
    }
  },
})
