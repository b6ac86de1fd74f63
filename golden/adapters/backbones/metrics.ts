import { meanAveragePrecision } from '../../../src/evaluate/metrics/average-precision.ts'
import { confusionMatrix, meanClassAccuracy, topAccuracies } from '../../../src/evaluate/metrics/metrics.ts'
import { predictions } from '../../../src/evaluate/scores/scores.ts'
import type { Adapter } from '../../adapter.ts'
import { scoresOf } from '../../inputs/scores.ts'

const adapter: Adapter = {
  system: 'backbones',
  kind: 'metrics',
  run({ config, inputs, tolerance, values }, check) {
    const scores = scoresOf(values(inputs.scores))
    const labels = Array.from(values(inputs.labels).data)
    const predicted = predictions(scores)
    const closeness = { relative: tolerance.relative ?? 1e-9 }
    check.close(['top'], topAccuracies(scores, labels, config.top ?? [1, 5], { ties: 'higher-class' }), closeness)
    check.close(['mean_class_accuracy'], meanClassAccuracy(predicted, labels), closeness)
    check.equal(['confusion'], confusionMatrix(predicted, labels))
    if (!check.has(['mean_average_precision'])) return
    const rows: unknown[] = Array.isArray(inputs.multi_hot) ? inputs.multi_hot : [inputs.multi_hot]
    const targets = rows.flatMap((row) => Array.from(values(row).data))
    check.close(['mean_average_precision'], meanAveragePrecision(scores, targets), closeness)
  },
}

export default adapter
