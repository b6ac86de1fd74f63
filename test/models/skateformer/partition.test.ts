import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divide, type Partition, restore } from '../../../src/models/skateformer/partition.ts'
import { f32, trace } from '../../../src/tensor/index.ts'
import { fed, runGraph } from '../../tensor/run-graph.ts'

const reach = fc.constantFrom('near' as const, 'far' as const)
const size = fc.integer({ min: 1, max: 3 })

describe('partitions', () => {
  it('hold every frame and joint once, features together, and can be undone', async () => {
    const sizes = fc.record({ frames: reach, joints: reach, F: size, K: size, I: size, J: size, A: size, D: size })
    await fc.assert(
      fc.asyncProperty(sizes, async ({ frames, joints, F, K, I, J, A, D }) => {
        const partition: Partition = { frames, joints, size: [F, K] }
        const [T, W] = [I * F, J * K]
        const numbers = Array.from({ length: A * D * T * W }, (_, i) => i)
        const { parts, again } = await runGraph({ x: fed([A, D, T, W], numbers) }, ({ x }) => {
          const divided = divide(x, partition)
          expect(divided.shape).toEqual([A, I * J, D, F * K])
          return { parts: divided, again: restore(divided, partition, T, W) }
        })
        expect(again).toEqual(numbers)
        parts.forEach((number, at) => {
          const [token, d] = [at % (F * K), Math.floor(at / (F * K)) % D]
          const [part, a] = [Math.floor(at / (F * K * D)) % (I * J), Math.floor(at / (F * K * D * I * J))]
          const [i, j, f, k] = [Math.floor(part / J), part % J, Math.floor(token / K), token % K]
          const t = frames === 'near' ? i * F + f : f * I + i
          const w = joints === 'near' ? j * K + k : k * J + j
          expect(number).toBe(((a * D + d) * T + t) * W + w)
        })
      }),
      { numRuns: 12 },
    )
  })

  it('say which lengths they need', () => {
    const partition: Partition = { frames: 'near', joints: 'far', size: [4, 5] }
    expect(() => trace({ x: f32(1, 1, 8, 12) }, ({ x }) => ({ y: divide(x, partition) }))).toThrow(
      /multiples of 4[\s\S]*multiples of 5[\s\S]*12/,
    )
  })
})
