import { describe, expect, it } from 'vitest'
import {
  directionalConsistency,
  multiplePositivesLoss,
  nearestPositives,
} from '../../../src/systems/hiclr/consistency.ts'
import { cast, gradients } from '../../../src/tensor/index.ts'
import { compileGraph, fed } from '../../tensor/run-graph.ts'

const softmax = (row: number[]) => {
  const total = row.reduce((sum, value) => sum + Math.exp(value), 0)
  return row.map((value) => Math.exp(value) / total)
}

describe('directional consistency', () => {
  it('is the cross entropy with the weaker view, which gets no gradient', async () => {
    const [weaker, stronger] = [
      [0.2, -1, 2],
      [1, 0.5, -0.3],
    ]
    const graph = await compileGraph({ weaker: fed([1, 3], weaker), stronger: fed([1, 3], stronger) }, (t) => {
      const loss = directionalConsistency(t.weaker, t.stronger)
      const [toWeaker, toStronger] = gradients(loss, [t.weaker, t.stronger])
      expect(toWeaker).toBeUndefined()
      return { loss, toStronger: toStronger! }
    })
    const { loss, toStronger } = await graph.run()
    const [p, q] = [softmax(weaker), softmax(stronger)]
    expect(loss[0]).toBeCloseTo(-p.reduce((sum, value, j) => sum + value * Math.log(q[j]), 0), 6)
    for (const [j, value] of toStronger.entries()) expect(value).toBeCloseTo(q[j] - p[j], 6)
    await graph.release()
  })
})

describe('nearest positives', () => {
  // The key's column 0 is never mined, however similar it is.
  const basic = [9, 1, 5, 2]
  const normal = [9, 1, 6, 2]
  const strong = [9, 7, 1, 2]

  async function run(topk: number) {
    const inputs = { basic: fed([1, 4], basic), normal: fed([1, 4], normal), strong: fed([1, 4], strong) }
    const graph = await compileGraph(inputs, (t) => {
      const positives = nearestPositives([t.basic, t.normal, t.strong], topk)
      const { columns, weights } = positives
      return { columns: cast(columns, 'f32'), weights, loss: multiplePositivesLoss(t.basic, positives) }
    })
    const outputs = await graph.run()
    await graph.release()
    return outputs
  }

  const lossOver = (columns: number[]) => {
    const p = softmax(basic)
    return -columns.reduce((sum, column) => sum + Math.log(p[column]), 0) / columns.length
  }

  it('are the key and the nearest column of every branch, each once', async () => {
    const { columns, weights, loss } = await run(1)
    expect([...columns]).toEqual([0, 2, 2, 1])
    expect([...weights]).toEqual([1, 1, 0, 1])
    expect(loss[0]).toBeCloseTo(lossOver([0, 2, 1]), 6)
  })

  it('count once also where the nearest ones of several branches overlap', async () => {
    const { weights, loss } = await run(2)
    expect([...weights].reduce((sum, weight) => sum + weight)).toBe(4)
    expect(loss[0]).toBeCloseTo(lossOver([0, 1, 2, 3]), 6)
  })
})
