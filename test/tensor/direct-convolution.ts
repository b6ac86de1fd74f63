import type { ConvolutionOptions } from '../../src/tensor/index.ts'
import type { Fed } from './run-graph.ts'

/**
 * Cross-correlation by its definition, in float64: y[n, o, p] = b[o] + sum over c, k of x[n, c, p * s + k * d - pad] w[o, c, k].
 */
export function directConvolution(x: Fed, weight: Fed, bias: Fed, options: ConvolutionOptions): number[] {
  const [N, C, ...lengths] = x.shape
  const [O, groupChannels, ...kernel] = weight.shape
  const axes = kernel.length
  const {
    strides = ones(axes),
    dilations = ones(axes),
    padding = Array<number>(2 * axes).fill(0),
    groups = 1,
  } = options
  const sizes = lengths.map((length, i) => {
    const reach = dilations[i] * (kernel[i] - 1) + 1
    return Math.floor((length + padding[i] + padding[i + axes] - reach) / strides[i]) + 1
  })
  const y: number[] = []
  for (let n = 0; n < N; n++) {
    for (let o = 0; o < O; o++) {
      const firstChannel = Math.floor(o / (O / groups)) * groupChannels
      for (const position of positions(sizes)) {
        let total = bias.data[o]
        for (let c = 0; c < groupChannels; c++) {
          for (const tap of positions(kernel)) {
            const source = position.map((p, i) => p * strides[i] + tap[i] * dilations[i] - padding[i])
            if (source.some((s, i) => s < 0 || s >= lengths[i])) continue
            const from = offset([n, firstChannel + c, ...source], [N, C, ...lengths])
            total += x.data[from] * weight.data[offset([o, c, ...tap], weight.shape)]
          }
        }
        y.push(total)
      }
    }
  }
  return y
}

function ones(count: number): number[] {
  return Array<number>(count).fill(1)
}

/** Every index of an array of that shape, row-major. */
function positions(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, n) => all.flatMap((prefix) => Array.from({ length: n }, (_, i) => [...prefix, i])),
    [[]],
  )
}

function offset(index: readonly number[], shape: readonly number[]): number {
  return index.reduce((total, i, axis) => total * shape[axis] + i, 0)
}
