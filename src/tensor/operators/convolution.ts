import { isCentred } from '../centred.ts'
import { constant, full } from '../functions/constant.ts'
import { convolution } from '../functions/convolution.ts'
import { concat, interleave, pad, reshape, slice, swapLastAxes, transpose } from '../functions/layout.ts'
import { matmul } from '../functions/linear.ts'
import { sum } from '../functions/reduction.ts'
import { apply, defineOperator } from '../operator.ts'
import { type Attributes, shapeError, sizeOf, type Tensor } from '../tensor.ts'

defineOperator('Conv', {
  infer: (inputs, attributes) => {
    const [x, weight, bias] = inputs
    const { strides, pads, dilations, group } = attributes
    const fits = x.shape[1] === weight.shape[1] * group && weight.shape[0] % group === 0
    if (!fits || (bias && (bias.rank !== 1 || bias.shape[0] !== weight.shape[0]))) {
      throw shapeError('Conv', inputs, 'x (N, C, ...), weight (O, C / groups, ...) and bias (O)')
    }
    const axes = weight.rank - 2
    const spatial = weight.shape.slice(2).map((k, i) => {
      const reach = dilations[i] * (k - 1) + 1
      return Math.floor((x.shape[i + 2] + pads[i] + pads[i + axes] - reach) / strides[i]) + 1
    })
    if (spatial.some((n) => n < 1)) throw shapeError('Conv', inputs, 'an input that is at least as long as the kernel')
    return [{ dtype: x.dtype, shape: [x.shape[0], weight.shape[0], ...spatial] }]
  },
  gradient: ({ inputs: [x, weight, bias], attributes, needs }, [d]) => [
    needs(0) ? inputGradient(x, weight, attributes, d!) : undefined,
    needs(1) ? weightGradient(x, weight, attributes, d!) : undefined,
    bias && needs(2) ? biasGradient(bias, d!) : undefined,
  ],
})

function biasGradient(bias: Tensor, d: Tensor): Tensor {
  return isCentred(d) ? full(bias.shape, 0) : reshape(sum(d, axesWithoutChannel(d)), bias.shape)
}

function axesWithoutChannel(x: Tensor): number[] {
  return x.shape.map((_, axis) => axis).filter((axis) => axis !== 1)
}

function inputGradient(x: Tensor, weight: Tensor, attributes: Attributes, d: Tensor): Tensor {
  const { strides, pads, dilations, group, kernel_shape: kernel } = attributes
  const strided = strides.flatMap((s: number, i: number) => (s > 1 ? [i] : []))
  const overpadded = kernel.some((k: number, i: number) => {
    const reach = dilations[i] * (k - 1)
    return pads[i] > reach || pads[i + kernel.length] > reach
  })
  if (group > 1 || strided.length > 1 || overpadded) return transposedConvolution(x, weight, attributes, d)
  return polyphaseInputGradient(x, weight, attributes, d, strided[0] ?? 0)
}

function transposedConvolution(x: Tensor, weight: Tensor, attributes: Attributes, d: Tensor): Tensor {
  const { strides, pads, dilations, kernel_shape: kernel } = attributes
  const axes = kernel.length
  const output_padding = kernel.map((k: number, i: number) => {
    const covered = (d.shape[i + 2] - 1) * strides[i] + dilations[i] * (k - 1) + 1 - pads[i] - pads[i + axes]
    return x.shape[i + 2] - covered
  })
  return apply('ConvTranspose', [d, weight], { ...attributes, output_padding, spatial: x.shape.slice(2) })
}

defineOperator('ConvTranspose', {
  infer: ([d, weight], { group, spatial }) => [
    { dtype: d.dtype, shape: [d.shape[0], weight.shape[1] * group, ...spatial] },
  ],
  onnxAttributes: ({ strides, pads, dilations, group, kernel_shape, output_padding }) => ({
    strides,
    pads,
    dilations,
    group,
    kernel_shape,
    output_padding,
  }),
})

/**
 * Gradient of the input along one strided axis (stride 1 is the case of one phase): entry s*q + phase of the input meets
 * only the taps i with (phase + pad - i * dilation) divisible by the stride, so each phase is a stride-1 convolution of d
 * with those taps reversed; taps that only ever met padding are left out. 1.4 times faster on the CPU than a transposed convolution.
 */
function polyphaseInputGradient(x: Tensor, weight: Tensor, attributes: Attributes, d: Tensor, along: number): Tensor {
  const { strides, pads, dilations, kernel_shape: kernel } = attributes
  const axes = kernel.length
  const stride = strides[along]
  const axis = along + 2
  const length = x.shape[axis]
  const swapped = transpose(weight, [1, 0, ...kernel.map((_: number, i: number) => i + 2)])
  const phases: Tensor[] = []
  for (let phase = 0; phase < stride; phase++) {
    const entries = Math.ceil((length - phase) / stride)
    if (entries <= 0) continue
    const taps: number[] = []
    for (let i = 0; i < kernel[along]; i++) {
      const offset = offsetOf(i, phase)
      if (Number.isInteger(offset) && offset < d.shape[axis] && offset + entries > 0) taps.push(i)
    }
    phases.push(phaseGradient(phase, entries, taps.reverse()))
  }
  return interleave(phases, axis, length)

  /** Position in d of the entry that a tap adds to entry 0 of a phase. */
  function offsetOf(tap: number, phase: number): number {
    return (phase + pads[along] - tap * dilations[along]) / stride
  }

  function phaseGradient(phase: number, entries: number, taps: number[]): Tensor {
    if (taps.length === 0) {
      return full(
        x.shape.map((n, i) => (i === axis ? entries : n)),
        0,
      )
    }
    const offsets = taps.map((i) => offsetOf(i, phase))
    const spacing = offsets.length > 1 ? offsets[1] - offsets[0] : 1
    let before = -offsets[0]
    let after = offsets[offsets.length - 1] + entries - d.shape[axis]
    let source = d
    if (before < 0) {
      source = slice(source, axis, -before, source.shape[axis])
      before = 0
    }
    if (after < 0) {
      source = slice(source, axis, 0, source.shape[axis] + after)
      after = 0
    }
    const padding = [...Array<number>(axes * 2)].map((_, i) => {
      const other = i % axes
      if (other === along) return i < axes ? before : after
      return dilations[other] * (kernel[other] - 1) - pads[i]
    })
    const flipped = otherAxesReversed(gatherTaps(swapped, axis, taps), kernel, along)
    return convolution(source, flipped, undefined, {
      padding,
      dilations: dilations.map((n: number, i: number) => (i === along ? spacing : n)),
    })
  }
}

/** Entries `taps`, in that order, of one kernel axis. */
function gatherTaps(weight: Tensor, axis: number, taps: readonly number[]): Tensor {
  const whole = taps.length === weight.shape[axis] && taps.every((tap, i) => tap === i)
  return whole ? weight : apply('Gather', [weight, indices(taps)], { axis })
}

function otherAxesReversed(weight: Tensor, kernel: readonly number[], along: number): Tensor {
  return kernel.reduce((w, k, i) => {
    if (i === along || k === 1) return w
    return gatherTaps(w, i + 2, [...Array(k).keys()].reverse())
  }, weight)
}

function indices(values: readonly number[]): Tensor {
  return constant(Int32Array.from(values), [values.length])
}

/**
 * Gradient of the weight, tap by tap: dW[:, :, tap] is the product of d with the input as that tap saw it.
 * Slices and matrix products: 3 times faster on the CPU than a convolution with exchanged roles.
 */
function weightGradient(x: Tensor, weight: Tensor, attributes: Attributes, d: Tensor): Tensor {
  const { strides, pads, dilations, group, kernel_shape: kernel } = attributes
  const axes = kernel.length
  const [batch, channels] = x.shape
  const outputs = weight.shape[0]
  const length = sizeOf(d.shape.slice(2))
  let padded = x
  for (let i = 0; i < axes; i++) padded = pad(padded, i + 2, pads[i], pads[i + axes])
  const seen: Tensor[] = tapOffsets(kernel).map((offsets) => {
    const window = offsets.reduce((t, offset, i) => {
      const start = offset * dilations[i]
      return slice(t, i + 2, start, start + (d.shape[i + 2] - 1) * strides[i] + 1, strides[i])
    }, padded)
    const grouped = reshape(window, [batch, group, channels / group, length])
    return sum(matmul(reshape(d, [batch, group, outputs / group, length]), swapLastAxes(grouped)), [0])
  })
  const stacked = concat(
    seen.map((tap) => reshape(tap, [outputs, channels / group, 1])),
    2,
  )
  return reshape(stacked, weight.shape)
}

/** Index of every kernel entry, row-major. */
function tapOffsets(kernel: readonly number[]): number[][] {
  return kernel.reduce<number[][]>(
    (all, k) => all.flatMap((prefix) => [...Array(k).keys()].map((i) => [...prefix, i])),
    [[]],
  )
}
