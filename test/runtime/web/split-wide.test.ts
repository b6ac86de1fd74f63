import { describe, expect, it } from 'vitest'
import { splitWide } from '../../../src/runtime/web/split-wide.ts'
import { concat, f32, multiply, split, type Tensor, trace } from '../../../src/tensor/index.ts'
import { nodesOf } from '../../../src/tensor/passes/rewrite.ts'
import { expectUnchanged } from '../../tensor/passes/expect-unchanged.ts'
import { randomFed } from '../../tensor/run-graph.ts'

/** Parts of different sizes, in the other order, doubled. */
function reversed(x: Tensor, axis: number, count: number): Tensor {
  const sizes = Array.from({ length: count }, (_, i) => 1 + (i % 3))
  const parts = split(x, axis, sizes)
  return concat(parts.map((part) => multiply(part, 2)).reverse(), axis)
}

const lengthOf = (count: number) => Array.from({ length: count }, (_, i) => 1 + (i % 3)).reduce((a, b) => a + b, 0)

describe('a split into many parts and their concatenation', () => {
  it.each([8, 9, 48, 49, 50, 57])('%i parts: the same values', async (count) => {
    await expectUnchanged(splitWide, { x: randomFed([lengthOf(count)]) }, ({ x }) => ({ y: reversed(x, 0, count) }))
  })

  it.each([8, 50, 343, 350])('%i parts: at most seven at a time', (count) => {
    const graph = trace({ x: f32(lengthOf(count)) }, ({ x }) => ({ y: reversed(x, 0, count) }))
    for (const node of nodesOf(splitWide([graph.outputs[0].tensor]))) {
      expect(node.inputs.length).toBeLessThanOrEqual(7)
      expect(node.outputs.length).toBeLessThanOrEqual(7)
    }
  })

  it('along another axis, too', async () => {
    await expectUnchanged(splitWide, { x: randomFed([2, lengthOf(20), 3]) }, ({ x }) => ({ y: reversed(x, 1, 20) }))
  })

  it('of seven parts stay as they are', async () => {
    const { after } = await expectUnchanged(splitWide, { x: randomFed([lengthOf(7)]) }, ({ x }) => ({
      y: reversed(x, 0, 7),
    }))
    expect(after).toMatchObject({ Split: 1, Concat: 1 })
  })
})
