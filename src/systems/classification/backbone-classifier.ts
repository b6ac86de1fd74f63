import { createBackbone } from '../../models/build.ts'
import { Recognizer } from '../../models/recognizer.ts'
import { Sgd } from '../../nn/index.ts'
import type { Device } from '../../runtime/device.ts'
import { Classifier } from './classifier.ts'
import type { ClassificationOptions } from './options.ts'
import type { ClassificationProblem } from './problem.ts'
import { recipeOf } from './recipe.ts'

/** A backbone with a linear head, trained by stochastic gradient descent, as the options ask for it. */
export function backboneClassifier(
  options: ClassificationOptions,
  problem: ClassificationProblem,
  device: Device,
): Classifier<Recognizer> {
  const { backbone, width, dropout, tcnDropout, momentum, nesterov, weightDecay, seed, loaders, averaging } = options
  return new Classifier(
    {
      recipe: recipeOf(options, problem.dataset),
      network: ({ classes, ...input }) =>
        new Recognizer(createBackbone(backbone, input, { width, tcnDropout }), classes, dropout),
      optimizer: (parameters) => new Sgd(parameters, { momentum, nesterov, weightDecay }),
      seed,
      loaders,
      averaging,
    },
    problem,
    device,
  )
}
