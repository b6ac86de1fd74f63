import { describe, expect, it } from 'vitest'
import { AdaptiveAveragePool, AveragePool, MaxPool } from '../../src/nn/index.ts'
import { fed, runGraph } from '../tensor/run-graph.ts'

/** What a layer makes of 0, 1, ..., 6. */
async function pooled(layer: MaxPool | AveragePool | AdaptiveAveragePool): Promise<number[]> {
  const { y } = await runGraph({ x: fed([1, 1, 7], [0, 1, 2, 3, 4, 5, 6]) }, ({ x }) => ({ y: layer.forward(x) }))
  return y
}

describe('pooling layers', () => {
  it('have windows side by side unless a stride is given', async () => {
    expect(await pooled(new MaxPool([3]))).toEqual([2, 5])
    expect(await pooled(new MaxPool([3], { stride: [2] }))).toEqual([2, 4, 6])
    expect(await pooled(new AveragePool([3]))).toEqual([1, 4])
    expect(await pooled(new AveragePool([3], { stride: [2] }))).toEqual([1, 3, 5])
  })

  it('hand on padding, dilation and ceil mode', async () => {
    expect(await pooled(new MaxPool([3], { padding: [1], ceilMode: true }))).toEqual([1, 4, 6])
    expect(await pooled(new MaxPool([3], { stride: [1], dilation: [2] }))).toEqual([4, 5, 6])
    expect(await pooled(new AveragePool([4], { padding: [1] }))).toEqual([0.75, 4.5])
    expect(await pooled(new AveragePool([4], { padding: [1], countIncludePad: false }))).toEqual([1, 4.5])
    expect(await pooled(new AveragePool([2], { ceilMode: true }))).toEqual([0.5, 2.5, 4.5, 6])
  })

  it('adapt windows to a number of them', async () => {
    // Entries 0-3, 3-6; they share entry 3.
    expect(await pooled(new AdaptiveAveragePool([2]))).toEqual([1.5, 4.5])
    expect((await pooled(new AdaptiveAveragePool([1])))[0]).toBeCloseTo(3, 6)
  })
})
