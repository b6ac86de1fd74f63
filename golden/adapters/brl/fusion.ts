import { softmax, weightedSum } from '../../../src/evaluate/fusion/fusion.ts'
import { meanClassAccuracy, perClassAccuracy, topAccuracies } from '../../../src/evaluate/metrics/metrics.ts'
import { predictions } from '../../../src/evaluate/scores/scores.ts'
import type { Adapter } from '../../adapter.ts'
import { scoresOf } from '../../inputs/scores.ts'

const adapter: Adapter = {
  system: 'brl',
  kind: 'fusion',
  run({ config, inputs, tolerance, values }, check) {
    const logits = (inputs.logits as unknown[]).map((rule) => scoresOf(values(rule)))
    const labels = Array.from(values(inputs.labels).data)
    const streams = (config.softmax ?? true) ? logits.map(softmax) : logits
    const weights = config.weights ?? streams.map(() => 1)
    const fused = weightedSum(streams, weights)
    const predicted = predictions(fused)
    const [top1, top5] = topAccuracies(fused, labels, [1, 5], { ties: 'higher-class' })
    const exact = { relative: 1e-9 }
    const { data, samples, classes } = fused
    check.close(['fused'], { data, shape: [samples, classes] }, { relative: tolerance.relative ?? 1e-5 })
    check.equal(['prediction'], predicted)
    check.close(['top1'], top1, exact)
    check.close(['top5'], top5, exact)
    check.close(['mean_class_accuracy'], meanClassAccuracy(predicted, labels), exact)
    check.close(['per_class_accuracy'], perClassAccuracy(predicted, labels), exact)
  },
}

export default adapter
