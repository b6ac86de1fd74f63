import { weightedSum } from '../../../src/evaluate/fusion/fusion.ts'
import { topAccuracies } from '../../../src/evaluate/metrics/metrics.ts'
import { predictions } from '../../../src/evaluate/scores/scores.ts'
import type { Adapter } from '../../adapter.ts'
import { scoresOf } from '../../inputs/scores.ts'

/** Of joint, bone and motion, as the authors try them. */
const WEIGHTS = [
  [0.5, 0.5, 0.5],
  [0.6, 0.6, 0.4],
]

export const adapter: Adapter = {
  system: 'hiclr',
  kind: 'fusion',
  run({ config, inputs, values }, check) {
    const streams = ['joint', 'bone', 'motion'].map((name) => scoresOf(values(inputs[name])))
    const labels = Array.from(values(inputs.labels).data)
    const exact = { relative: 1e-9 }
    const { weights = WEIGHTS, top = [1, 5] } = config
    for (const [i, shares] of (weights as number[][]).entries()) {
      const fused = weightedSum(streams, shares)
      const accuracies = topAccuracies(fused, labels, top, { ties: 'higher-class' })
      for (const [j, k] of (top as number[]).entries()) {
        const path = ['results', i, `top${k}`]
        if (check.has(path)) check.close(path, accuracies[j], exact)
      }
      check.equal(['results', i, 'predicted'], Array.from(predictions(fused)))
    }
    if (check.has(['topk_of_joint']))
      check.close(['topk_of_joint'], topAccuracies(streams[0], labels, top, { ties: 'higher-class' }), exact)
  },
}
