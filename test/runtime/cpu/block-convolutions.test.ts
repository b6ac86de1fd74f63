import { describe, expect, it } from 'vitest'
import { blockConvolutions } from '../../../src/runtime/cpu/block-convolutions.ts'
import { blockSize } from '../../../src/runtime/cpu/block-size.ts'
import { onnxRuntime } from '../../../src/runtime/cpu/onnxruntime.ts'
import { type ConvolutionOptions, convolution, type Tensor } from '../../../src/tensor/index.ts'
import { expectUnchanged } from '../../tensor/passes/expect-unchanged.ts'
import { randomFed } from '../../tensor/run-graph.ts'

const block = await blockSize(onnxRuntime())
const blocked = (roots: readonly Tensor[]) => blockConvolutions(roots, block)

describe.skipIf(block === 0)('convolutions in the blocked layout of this processor', () => {
  const x = randomFed([2, 32, 9, 5])

  it.each<[string, readonly number[], ConvolutionOptions]>([
    ['nine taps', [16, 32, 9, 1], { padding: [4, 0, 4, 0] }],
    ['stride', [32, 32, 3, 1], { padding: [1, 0, 1, 0], strides: [2, 1] }],
    ['dilation', [16, 32, 3, 1], { padding: [2, 0, 2, 0], dilations: [2, 1] }],
    ['both axes, uneven padding', [16, 32, 2, 3], { padding: [1, 0, 0, 2] }],
  ])('give what plain ones give: %s', async (_, shape, options) => {
    const inputs = { x, weight: randomFed(shape, 2), bias: randomFed([shape[0]], 3) }
    const { after } = await expectUnchanged(blocked, inputs, (t) => ({
      y: convolution(t.x, t.weight, t.bias, options),
      withoutBias: convolution(t.x, t.weight, undefined, options),
    }))
    expect(after.BlockedConv).toBe(2)
  })

  it.each<[string, readonly number[], ConvolutionOptions]>([
    ['one tap', [16, 32, 1, 1], {}],
    ['channels that fill no block', [10, 32, 3, 1], {}],
    ['groups', [32, 16, 3, 1], { groups: 2 }],
  ])('are not used for %s', async (_, shape, options) => {
    const { after } = await expectUnchanged(blocked, { x, weight: randomFed(shape, 2) }, (t) => ({
      y: convolution(t.x, t.weight, undefined, options),
    }))
    expect(after.BlockedConv).toBeUndefined()
    expect(after.Conv).toBe(1)
  })
})

it('a block is a power of two, or there is none', () => {
  expect([0, 4, 8, 16]).toContain(block)
})
