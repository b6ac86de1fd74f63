import { describe, expect, it } from 'vitest'
import type { Partition } from '../../../src/models/skateformer/partition.ts'
import { biasTableShape, type RelativeBias, relativeBias } from '../../../src/models/skateformer/relative-bias.ts'
import { sizeOf } from '../../../src/tensor/index.ts'
import { fed, runGraph } from '../../tensor/run-graph.ts'

const HEADS = 2

/** The bias (heads, N, N) of a table whose entries are their own positions. */
async function biasOf(partition: Partition, form: RelativeBias): Promise<number[]> {
  const shape = biasTableShape(partition, HEADS)
  const table = fed(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => i),
  )
  return (await runGraph({ table }, (t) => ({ bias: relativeBias(t.table, partition, form) }))).bias
}

describe('the relative bias', () => {
  // Four joints in three frames: token 5 is joint 1 of frame 1.
  const near: Partition = { frames: 'near', joints: 'near', size: [3, 4] }
  const at = (bias: number[], head: number, query: number, key: number) => bias[(head * 12 + query) * 12 + key]

  it('takes the difference of frames as intended', async () => {
    const bias = await biasOf(near, 'intended')
    for (let query = 0; query < 12; query++) {
      for (let key = 0; key < 12; key++) {
        const difference = Math.floor(query / 4) - Math.floor(key / 4)
        for (const head of [0, 1]) expect(at(bias, head, query, key)).toBe((difference + 2) * HEADS + head)
      }
    }
  })

  it('takes that of token numbers modulo the frames as released', async () => {
    const bias = await biasOf(near, 'released')
    // Tokens 5 and 1 lie one frame apart; 5 mod 3 = 2 and 1 mod 3 = 1.
    expect(at(bias, 1, 5, 1)).toBe(3 * HEADS + 1)
    // Tokens 4 and 1 lie one frame apart as well; both are 1 modulo 3.
    expect(at(bias, 1, 4, 1)).toBe(2 * HEADS + 1)
  })

  it('is the same in both forms where joints are far', async () => {
    const far: Partition = { frames: 'near', joints: 'far', size: [3, 4] }
    expect(biasTableShape(far, HEADS)).toEqual([5, 4, 4, HEADS])
    expect(await biasOf(far, 'intended')).toEqual(await biasOf(far, 'released'))
  })
})
