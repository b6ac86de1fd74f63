import { describe, expect, test } from 'vitest'
import { fuseScoreFiles, streamOf } from '../../../src/evaluate/fusion/fuse-score-files.ts'
import { softmax, weightedSum } from '../../../src/evaluate/fusion/fusion.ts'
import { FUSION_PRESETS } from '../../../src/evaluate/fusion/fusion-presets.ts'
import { predictions } from '../../../src/evaluate/scores/scores.ts'
import { scoreFile } from '../small-scores.ts'

const logits = [
  [2, -1, 0.5, 0, 3, 2.5],
  [-1, 1.5, 0, 1, 0.2, 4],
].map((values) => ({ data: Float64Array.from(values), samples: 2, classes: 3 }))
const files = logits.map((scores) => scoreFile(['00', '11'], { probabilities: softmax(scores) }))

describe('fusion', () => {
  test('of probabilities is their weighted mean', () => {
    const { data } = fuseScoreFiles(files, [3, 1], 'probabilities').probabilities
    files[0].probabilities.data.forEach((p: number, i: number) => {
      expect(data[i]).toBeCloseTo(0.75 * p + 0.25 * files[1].probabilities.data[i], 12)
    })
  })

  test('of scores is that of the logits that the probabilities were made of', () => {
    const expected = softmax(weightedSum(logits, [0.6, 0.4]))
    const { data } = fuseScoreFiles(files, [0.6, 0.4], 'scores').probabilities
    expected.data.forEach((p: number, i: number) => {
      expect(data[i]).toBeCloseTo(p, 12)
    })
  })

  test('keeps clips and classes, and the training clips that one of the files knows', () => {
    const silent = { ...files[0], trainCounts: undefined }
    const { probabilities, ...rest } = fuseScoreFiles([silent, files[1]], [1, 1], 'probabilities')
    const { probabilities: _, ...expected } = files[1]
    expect(rest).toEqual(expected)
    expect(probabilities.samples).toBe(2)
  })

  test('of scores survives a probability of 0', () => {
    const sure = scoreFile(['00'], {}, 1)
    const fused = fuseScoreFiles([sure, scoreFile(['01'])], [1, 1], 'scores')
    expect([...predictions(fused.probabilities)]).toEqual([0])
    expect([...streamOf(sure.probabilities, 'scores').data].every(Number.isFinite)).toBe(true)
  })
})

test('every preset has a weight per stream', () => {
  for (const { streams, weights } of Object.values(FUSION_PRESETS)) expect(weights).toHaveLength(streams.length)
  expect(FUSION_PRESETS['ctr-gcn']).toMatchObject({ weights: [0.6, 0.6, 0.4, 0.4], of: 'scores' })
  expect(FUSION_PRESETS['four-streams'].weights).toEqual([2, 2, 1, 1])
  expect(FUSION_PRESETS['two-streams'].weights).toEqual([1, 1])
})
