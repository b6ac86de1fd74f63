import { describe, expect, it } from 'vitest'
import { infoNce } from '../../../src/nn/index.ts'
import { f32, trace } from '../../../src/tensor/index.ts'
import { fed, runGraph } from '../../tensor/run-graph.ts'
import { describeLosses } from './loss-cases.ts'

describeLosses('info-nce', {
  infoNce: ({ input, positive, negative }, options) => infoNce(input, positive, negative, options),
})

describe('InfoNCE', () => {
  it('is log(number of candidates) where all similarities are equal', async () => {
    const equal = fed([5, 2], Array(10).fill(3))
    const { inBatch, queue } = await runGraph({ equal }, ({ equal }) => ({
      inBatch: infoNce(equal, equal),
      queue: infoNce(equal, equal, equal),
    }))
    expect(inBatch[0]).toBeCloseTo(Math.log(5), 6)
    expect(queue[0]).toBeCloseTo(Math.log(6), 6)
  })

  it('refuses a temperature that is not positive', () => {
    trace({ query: f32(4, 3) }, ({ query }) => {
      expect(() => infoNce(query, query, undefined, { temperature: 0 })).toThrow(/temperature[\s\S]*above 0/)
      return {}
    })
  })

  it('refuses negatives that do not fit the queries', () => {
    trace({ query: f32(4, 3), wide: f32(7, 2), few: f32(3, 7, 3) }, ({ query, wide, few }) => {
      expect(() => infoNce(query, query, wide)).toThrow('negatives (M, D) or (N, M, D)')
      expect(() => infoNce(query, query, few)).toThrow('negatives (M, D) or (N, M, D)')
      return {}
    })
  })
})
