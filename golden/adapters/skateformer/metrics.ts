import {
  classAccuracies,
  confusionMatrix,
  occurringClasses,
  topAccuracies,
} from '../../../src/evaluate/metrics/metrics.ts'
import { predictions } from '../../../src/evaluate/scores/scores.ts'
import type { Adapter } from '../../adapter.ts'
import { scoresOf } from '../../inputs/scores.ts'

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'metrics',
  run({ config, inputs, tolerance, values }, check) {
    const scores = scoresOf(values(inputs.scores))
    const labels = Array.from(values(inputs.labels).data)
    const predicted = predictions(scores)
    const closeness = { relative: tolerance.relative ?? 1e-9 }
    const top: number[] = config.top ?? [1, 5]
    const accuracies = topAccuracies(scores, labels, top, { ties: 'higher-class' })
    for (const [i, k] of top.entries()) check.close([`top${k}`], accuracies[i], closeness)
    const confusion = confusionMatrix(predicted, labels)
    check.equal(['classes_in_matrix'], occurringClasses(predicted, labels))
    check.equal(['confusion'], confusion)
    check.close(
      ['per_class'],
      classAccuracies(confusion).map((accuracy) => accuracy ?? Number.NaN),
      closeness,
    )
  },
}
