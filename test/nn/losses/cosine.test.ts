import { describe, expect, it } from 'vitest'
import { cosineEmbeddingLoss, cosineSimilarityLoss } from '../../../src/nn/index.ts'
import { cast, f32, i32, trace } from '../../../src/tensor/index.ts'
import { fed, runGraph } from '../../tensor/run-graph.ts'
import { describeLosses } from './loss-cases.ts'

describeLosses('cosine', {
  cosineEmbeddingLoss: ({ input, other, target }, options) => cosineEmbeddingLoss(input, other, target, options),
  cosineSimilarityLoss: ({ input, other }, options) => cosineSimilarityLoss(input, other, options),
})

describe('cosine embedding loss', () => {
  const pair = { a: fed([3, 2], [1, 0, 1, 0, 1, 0]), b: fed([3, 2], [0, 2, 3, 0, -1, 0]) }

  it('is 1 - cos for like pairs and what exceeds the margin for unlike ones, for either type of target', async () => {
    const target = { shape: [3], data: Int32Array.of(1, -1, 1) }
    const { whole, real } = await runGraph({ ...pair, target }, ({ a, b, target }) => ({
      whole: cosineEmbeddingLoss(a, b, target, { margin: 0.25, reduction: 'none' }),
      real: cosineEmbeddingLoss(a, b, cast(target, 'f32'), { margin: 0.25, reduction: 'none' }),
    }))
    expect(whole.map((value) => Number(value.toFixed(5)))).toEqual([1, 0.75, 2])
    expect(real).toEqual(whole)
  })

  it('refuses targets that are not one per pair', () => {
    trace({ a: f32(3, 2), target: i32(3, 2) }, ({ a, target }) => {
      expect(() => cosineEmbeddingLoss(a, a, target)).toThrow('targets (...)')
      return {}
    })
  })
})
