import { softmax, weightedSum } from '../../../src/evaluate/fusion/fusion.ts'
import { topAccuracies } from '../../../src/evaluate/metrics/metrics.ts'
import { predictions } from '../../../src/evaluate/scores/scores.ts'
import type { Adapter } from '../../adapter.ts'
import { scoresOf } from '../../inputs/scores.ts'

export const adapter: Adapter = {
  system: 'fr-head',
  kind: 'fusion',
  run({ config, inputs, values }, check) {
    const streams = (inputs.scores as unknown[]).map((rule) => scoresOf(values(rule)))
    const labels = Array.from(values(inputs.labels).data)
    const fused = weightedSum(config.softmax ? streams.map(softmax) : streams, config.weights)
    const predicted = predictions(fused)
    const top1 = predicted.filter((k, n) => k === labels[n]).length / labels.length
    const [top5] = topAccuracies(fused, labels, [5], { ties: 'higher-class' })
    check.equal(['prediction'], predicted)
    check.close(['top1'], top1, { relative: 1e-9 })
    check.close(['top5'], top5, { relative: 1e-9 })
  },
}
