import { describe, expect, it } from 'vitest'
import {
  convolution,
  gradients,
  type Shape,
  square,
  sum,
  type TransposedConvolutionOptions,
  transposedConvolution,
} from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { randomFed, runGraph } from '../run-graph.ts'

function inputsOf(xShape: Shape, weightShape: Shape, groups = 1) {
  return { x: randomFed(xShape, 1), weight: randomFed(weightShape, 2), bias: randomFed([weightShape[1] * groups], 3) }
}

describe('gradient of transposed convolution', () => {
  it.each<[string, Shape, Shape, TransposedConvolutionOptions]>([
    ['1-D', [2, 2, 3], [2, 3, 3], {}],
    ['1-D, strided', [1, 2, 4], [2, 1, 3], { strides: [2], padding: [1, 1], outputPadding: [1] }],
    ['1-D, asymmetric', [1, 2, 4], [2, 2, 4], { strides: [3], padding: [2, 0] }],
    ['1-D, output padding of more than the stride', [1, 1, 3], [1, 2, 2], { dilations: [3], outputPadding: [2] }],
    ['2-D, over time', [2, 2, 3, 2], [2, 2, 3, 1], { strides: [2, 1], padding: [1, 0, 1, 0], outputPadding: [1, 0] }],
    ['2-D, dilated', [1, 2, 2, 3], [2, 1, 3, 2], { strides: [1, 2], dilations: [2, 3], padding: [1, 1, 1, 1] }],
    ['2-D, of groups', [1, 4, 2, 3], [4, 1, 2, 2], { groups: 2, strides: [2, 2] }],
    ['3-D', [1, 2, 2, 2, 2], [2, 1, 2, 3, 1], { strides: [2, 1, 2], padding: [0, 1, 0, 1, 1, 0] }],
  ])('%s', async (_, xShape, weightShape, options) => {
    await checkGradient(inputsOf(xShape, weightShape, options.groups), ({ x, weight, bias }) =>
      transposedConvolution(x, weight, bias, options),
    )
  })

  it('leaves out the inputs that no gradient is asked of', async () => {
    const { x, weight } = inputsOf([1, 2, 3], [2, 1, 2])
    await checkGradient({ x, weight }, (t) => transposedConvolution(t.x, t.weight), { targets: ['weight'] })
    await checkGradient({ x, weight }, (t) => transposedConvolution(t.x, t.weight), { targets: ['x'] })
  })

  it('differentiates a second time', async () => {
    const { x, weight } = inputsOf([1, 2, 3], [2, 1, 3])
    await checkGradient(
      { x, weight },
      (t) => {
        const y = transposedConvolution(t.x, t.weight, undefined, { strides: [2] })
        return square(gradients(sum(square(y)), [t.x])[0]!)
      },
      { step: 5e-3, tolerance: 2e-3 },
    )
  })
})

describe('transposed convolution', () => {
  it('is the transpose of the convolution: <convolution(x), y> = <x, transposedConvolution(y)>', async () => {
    const options = { strides: [2, 3], padding: [1, 0, 2, 1], dilations: [1, 2], groups: 2 }
    const inputs = { x: randomFed([2, 4, 6, 8], 1), weight: randomFed([2, 2, 3, 2], 2), y: randomFed([2, 2, 4, 3], 3) }
    const { forwards, backwards } = await runGraph(inputs, ({ x, weight, y }) => ({
      forwards: convolution(x, weight, undefined, options),
      backwards: transposedConvolution(y, weight, undefined, { ...options, outputPadding: [0, 0] }),
    }))
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).reduce((total, value, i) => total + value * b[i], 0)
    expect(dot(forwards, inputs.y.data)).toBeCloseTo(dot(inputs.x.data, backwards), 4)
  })
})
