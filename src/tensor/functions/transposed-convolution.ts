import { composite } from '../composite.ts'
import { shapeError, type Tensor } from '../tensor.ts'
import { add } from './arithmetic.ts'
import { type ConvolutionOptions, convolution } from './convolution.ts'
import { biasGradient, convolutionInputGradient, convolutionWeightGradient } from './convolution-gradients.ts'
import { reshape, slice } from './layout.ts'
import { reachOf, slidingWindow } from './window.ts'

/** `padding` is how many entries of the full result are cut off, in front of and behind every axis. */
export interface TransposedConvolutionOptions extends ConvolutionOptions {
  /** Entries more behind every axis, to tell apart the lengths that a stride maps to one; below stride or dilation. */
  readonly outputPadding?: readonly number[]
}

/**
 * The transpose of `convolution` with respect to its input: x (N, C, ...) with weight (C, O / groups, ...), plus bias
 * (O), to (N, O, ...) of length (n - 1) * stride - padding + dilation * (kernel - 1) + 1 + output padding.
 */
export function transposedConvolution(
  x: Tensor,
  weight: Tensor,
  bias?: Tensor,
  options: TransposedConvolutionOptions = {},
): Tensor {
  const inputs = bias ? [x, weight, bias] : [x, weight]
  const axes = weight.rank - 2
  const group = options.groups ?? 1
  const outputs = weight.shape[1] * group
  const fits = axes >= 1 && x.rank === weight.rank && x.shape[1] === weight.shape[0] && x.shape[1] % group === 0
  if (!fits || (bias && (bias.rank !== 1 || bias.shape[0] !== outputs))) {
    throw shapeError('ConvTranspose', inputs, 'x (N, C, ...), weight (C, O / groups, ...) and bias (O)')
  }
  const window = slidingWindow('ConvTranspose', inputs, weight.shape.slice(2), options)
  const { strides, pads, dilations } = window
  const { outputPadding = Array<number>(axes).fill(0) } = options
  const small = outputPadding.every((n, i) => Number.isInteger(n) && n >= 0 && n < Math.max(strides[i], dilations[i]))
  if (!small || outputPadding.length !== axes) {
    throw shapeError('ConvTranspose', inputs, `output padding below stride or dilation, not [${outputPadding}]`)
  }
  const lengths = x.shape
    .slice(2)
    .map((n, i) => (n - 1) * strides[i] - pads[i] - pads[i + axes] + reachOf(window, i) + outputPadding[i])
  if (lengths.some((n) => n < 1))
    throw shapeError('ConvTranspose', inputs, 'a result that the padding leaves something of')

  const attributes = { ...window, group }
  const unbiased = convolutionInputGradient(x, weight, attributes, lengths)
  const channels = [outputs, ...Array<number>(axes).fill(1)]
  const body = bias ? add(unbiased, reshape(bias, channels)) : unbiased
  const [y] = composite(inputs, [body], ([d], needs) => [
    needs(0) ? inputGradient(d!) : undefined,
    needs(1) ? convolutionWeightGradient(d!, x, attributes, weight.shape) : undefined,
    bias && needs(2) ? biasGradient(bias, d!) : undefined,
  ])
  return y

  /** An output padding of a stride or more leaves room for windows that no entry of x stands for. */
  function inputGradient(d: Tensor): Tensor {
    const all = convolution(d, weight, undefined, { strides, padding: pads, dilations, groups: group })
    return x.shape.reduce((t, n, axis) => (axis > 1 ? slice(t, axis, 0, n) : t), all)
  }
}
