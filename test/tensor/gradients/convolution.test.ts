import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ConvolutionOptions, convolution, gradients, type Shape, square, sum } from '../../../src/tensor/index.ts'
import { checkGradient } from '../check-gradient.ts'
import { directConvolution } from '../direct-convolution.ts'
import { randomFed, runGraph } from '../run-graph.ts'

/** The forward pass against a plain loop, the gradients of input, weight and bias against central differences. */
async function check(xShape: Shape, weightShape: Shape, options: ConvolutionOptions = {}): Promise<void> {
  const inputs = { x: randomFed(xShape, 1), weight: randomFed(weightShape, 2), bias: randomFed([weightShape[0]], 3) }
  const { y } = await runGraph(inputs, ({ x, weight, bias }) => ({ y: convolution(x, weight, bias, options) }))
  const direct = directConvolution(inputs.x, inputs.weight, inputs.bias, options)
  expect(y.length).toBe(direct.length)
  y.forEach((value, i) => {
    expect(value).toBeCloseTo(direct[i], 5)
  })
  await checkGradient(inputs, ({ x, weight, bias }) => convolution(x, weight, bias, options))
}

/** Temporal convolution of (N, C, T, V) with a (k, 1) kernel. */
interface Temporal {
  readonly frames: number
  readonly kernel: number
  readonly stride?: number
  readonly dilation?: number
  readonly before?: number
  readonly after?: number
}

function checkTemporal({
  frames,
  kernel,
  stride = 1,
  dilation = 1,
  before = 0,
  after = before,
}: Temporal): Promise<void> {
  return check([2, 2, frames, 2], [3, 2, kernel, 1], {
    strides: [stride, 1],
    dilations: [dilation, 1],
    padding: [before, 0, after, 0],
  })
}

describe('gradient of temporal convolution', () => {
  it.each<Temporal>([
    { frames: 5, kernel: 1 },
    { frames: 5, kernel: 1, stride: 2 },
    { frames: 6, kernel: 1, stride: 2 },
    { frames: 5, kernel: 3, before: 1 },
    { frames: 6, kernel: 3, stride: 2, before: 1 },
    { frames: 7, kernel: 3, stride: 2, before: 1 },
    { frames: 7, kernel: 9, before: 4 },
    { frames: 8, kernel: 9, stride: 2, before: 4 },
    { frames: 7, kernel: 5, dilation: 2, before: 4 },
    { frames: 8, kernel: 5, dilation: 2, stride: 2, before: 4 },
    { frames: 7, kernel: 3, dilation: 3, stride: 2, before: 3 },
    { frames: 8, kernel: 3, dilation: 4, stride: 2, before: 4 },
    { frames: 8, kernel: 2, stride: 3 },
    { frames: 8, kernel: 4, stride: 3, before: 1, after: 2 },
    { frames: 6, kernel: 4, before: 3, after: 0 },
  ])('%o', checkTemporal)

  it.each<Temporal>([
    { frames: 1, kernel: 9, before: 4 },
    { frames: 3, kernel: 9, before: 4 },
    { frames: 3, kernel: 9, stride: 2, before: 4 },
    { frames: 1, kernel: 3, stride: 2, before: 1 },
    { frames: 2, kernel: 3, dilation: 4, before: 4 },
    { frames: 2, kernel: 3, dilation: 4, stride: 3, before: 4 },
  ])('on a clip shorter than the kernel: %o', checkTemporal)

  it.each<Temporal>([
    // Whole phases of the input that no window reaches.
    { frames: 7, kernel: 1, stride: 3, before: 1 },
    { frames: 7, kernel: 2, stride: 4 },
    { frames: 3, kernel: 2, stride: 3, before: 1, after: 0 },
    { frames: 4, kernel: 2, stride: 4, before: 1, after: 0 },
    { frames: 5, kernel: 2, dilation: 2, stride: 4, before: 0, after: 1 },
    // More padding than the kernel reaches.
    { frames: 4, kernel: 3, before: 3 },
    { frames: 4, kernel: 1, before: 2, after: 1 },
    { frames: 5, kernel: 3, stride: 2, before: 4, after: 3 },
  ])('where padding and stride leave entries out: %o', checkTemporal)

  it('on random settings', async () => {
    const settings = fc.record({
      frames: fc.integer({ min: 1, max: 9 }),
      kernel: fc.integer({ min: 1, max: 5 }),
      stride: fc.integer({ min: 1, max: 4 }),
      dilation: fc.integer({ min: 1, max: 3 }),
      before: fc.integer({ min: 0, max: 5 }),
      after: fc.integer({ min: 0, max: 5 }),
    })
    const valid = settings.filter((s) => s.frames + s.before + s.after >= s.dilation * (s.kernel - 1) + 1)
    await fc.assert(fc.asyncProperty(valid, checkTemporal), { numRuns: 25, seed: 1 })
  })
})

describe('gradient of other convolutions', () => {
  it('1-D', async () => {
    await check([2, 2, 7], [3, 2, 3], { padding: [1, 1], strides: [2] })
    await check([1, 3, 5], [2, 3, 5])
  })

  it('2-D with a kernel that is longer than 1 along both axes', async () => {
    await check([1, 2, 5, 4], [2, 2, 3, 2], { padding: [1, 0, 1, 1] })
    await check([1, 2, 5, 4], [2, 2, 3, 3], { padding: [1, 1, 1, 1], strides: [2, 1], dilations: [1, 2] })
    await check([1, 2, 4, 5], [2, 2, 3, 3], { padding: [1, 1, 1, 1], strides: [1, 2] })
  })

  it('2-D, strided along both axes', async () => {
    await check([1, 2, 5, 6], [2, 2, 3, 3], { padding: [1, 1, 1, 1], strides: [2, 2] })
    await check([1, 2, 5, 6], [2, 2, 1, 1], { strides: [2, 3] })
  })

  it('3-D', async () => {
    await check([1, 2, 4, 3, 3], [2, 2, 3, 1, 2], { padding: [1, 0, 0, 1, 0, 1], strides: [2, 1, 1] })
    await check([1, 1, 4, 3, 3], [2, 1, 2, 3, 3], { padding: [1, 1, 1, 0, 1, 1], strides: [2, 2, 1] })
  })

  it('with more padding than the kernel reaches, along both axes', async () => {
    await check([1, 2, 3, 2], [2, 2, 2, 3], { padding: [3, 4, 0, 3], strides: [2, 1] })
    await check([1, 2, 2, 3], [2, 2, 1, 2], { padding: [1, 2, 2, 0], strides: [3, 2] })
  })

  it('with kernels longer than the input along every axis', async () => {
    await check([1, 2, 2, 1, 2], [2, 2, 3, 3, 3], { padding: [1, 1, 1, 1, 1, 1], strides: [1, 2, 1] })
    await check([1, 1, 2, 3], [2, 1, 4, 3], { padding: [3, 2, 1, 2], dilations: [1, 2] })
  })

  it('of groups, strided and dilated along several axes', async () => {
    await check([1, 4, 5, 5], [2, 2, 2, 3], { groups: 2, strides: [2, 2], dilations: [2, 1], padding: [1, 1, 0, 1] })
    await check([1, 2, 4, 3, 3], [4, 1, 2, 2, 1], { groups: 2, strides: [2, 1, 2], padding: [0, 1, 0, 1, 0, 0] })
  })

  it('on random settings of one to three axes', async () => {
    const axis = fc.record({
      length: fc.integer({ min: 1, max: 4 }),
      kernel: fc.integer({ min: 1, max: 3 }),
      stride: fc.integer({ min: 1, max: 3 }),
      dilation: fc.integer({ min: 1, max: 2 }),
      before: fc.integer({ min: 0, max: 2 }),
      after: fc.integer({ min: 0, max: 2 }),
    })
    const fits = axis.filter((a) => a.length + a.before + a.after >= a.dilation * (a.kernel - 1) + 1)
    const axes = fc.array(fits, { minLength: 1, maxLength: 3 })
    const groups = fc.integer({ min: 1, max: 2 })
    await fc.assert(
      fc.asyncProperty(axes, groups, async (axes, groups) => {
        await check([1, 2, ...axes.map(({ length }) => length)], [2, 2 / groups, ...axes.map(({ kernel }) => kernel)], {
          groups,
          strides: axes.map(({ stride }) => stride),
          dilations: axes.map(({ dilation }) => dilation),
          padding: [...axes.map(({ before }) => before), ...axes.map(({ after }) => after)],
        })
      }),
      { numRuns: 8, seed: 1 },
    )
  })

  it('of groups, down to one channel each', async () => {
    await check([2, 4, 5, 2], [6, 2, 3, 1], { padding: [1, 0, 1, 0], groups: 2 })
    await check([1, 4, 6, 2], [4, 1, 3, 1], { padding: [1, 0, 1, 0], strides: [2, 1], groups: 4 })
    await check([1, 4, 5, 1], [4, 2, 1, 1], { groups: 2, strides: [2, 1] })
    await check([1, 4, 6, 1], [4, 2, 3, 1], { groups: 2, dilations: [2, 1], padding: [2, 0, 2, 0] })
  })

  it('of one frame, one joint and one clip', async () => {
    await check([1, 1, 1, 1], [1, 1, 1, 1])
    await check([1, 2, 1, 1], [2, 2, 3, 3], { padding: [1, 1, 1, 1] })
  })
})

describe('convolution gradient rules', () => {
  it('leave out the inputs that no gradient is asked of', async () => {
    const inputs = { x: randomFed([1, 2, 4, 1], 1), weight: randomFed([2, 2, 3, 1], 2) }
    await checkGradient(inputs, ({ x, weight }) => convolution(x, weight), { targets: ['weight'] })
    await checkGradient(inputs, ({ x, weight }) => convolution(x, weight), { targets: ['x'] })
  })

  it('differentiate a second time, for a penalty on the gradient', async () => {
    const inputs = { x: randomFed([1, 2, 5, 1], 1), weight: randomFed([2, 2, 3, 1], 2) }
    const options = { padding: [1, 0, 1, 0], strides: [2, 1] }
    await checkGradient(
      inputs,
      ({ x, weight }) => {
        const [d] = gradients(sum(square(convolution(x, weight, undefined, options))), [x])
        return square(d!)
      },
      { step: 5e-3, tolerance: 2e-3 },
    )
  })
})
