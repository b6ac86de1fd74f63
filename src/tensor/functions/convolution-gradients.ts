import { isCentred } from '../centred.ts'
import { apply } from '../operator.ts'
import { type Shape, sizeOf, type Tensor } from '../tensor.ts'
import { constant, full } from './constant.ts'
import { convolution } from './convolution.ts'
import { concat, interleave, pad, reshape, slice, swapLastAxes, transpose } from './layout.ts'
import { matmul } from './linear.ts'
import { sum } from './reduction.ts'
import type { Window } from './window.ts'

/** What a convolution has besides its tensors. */
export interface ConvolutionAttributes extends Window {
  readonly group: number
}

/** Gradient of a bias (C) that was added to (N, C, ...). */
export function biasGradient(bias: Tensor, d: Tensor): Tensor {
  if (isCentred(d)) return full(bias.shape, 0, bias.dtype)
  const axes = d.shape.map((_, axis) => axis).filter((axis) => axis !== 1)
  return reshape(sum(d, axes), bias.shape)
}

/**
 * Gradient of a convolution's input, of spatial size `lengths`, from the gradient d of its output: the transposed
 * convolution of d. Along every axis, entry s*q + phase of the input meets only the taps i with
 * (phase + pad - i * dilation) divisible by the stride s, so each phase is a stride-1 convolution of d with those taps
 * reversed; taps that only ever met padding are left out. 1.4 times faster on the CPU than ConvTranspose.
 */
export function convolutionInputGradient(
  d: Tensor,
  weight: Tensor,
  attributes: ConvolutionAttributes,
  lengths: Shape,
): Tensor {
  const { group } = attributes
  const phases = lengths.map((length, i) => phasesAlong(i, length, d.shape[i + 2], attributes))
  const channels = weight.shape[1] * group
  return withPhases(d, rolesExchanged(weight, group), [])

  /** With one phase chosen for each of the first axes. */
  function withPhases(source: Tensor, taps: Tensor, chosen: readonly Phase[]): Tensor {
    const i = chosen.length
    if (i === lengths.length) {
      return convolution(source, taps, undefined, {
        padding: [...chosen.map(({ before }) => before), ...chosen.map(({ after }) => after)],
        dilations: chosen.map(({ spacing }) => spacing),
        groups: group,
      })
    }
    const axis = i + 2
    const parts = phases[i].map((phase) => {
      const entries = [...chosen, phase].map((p) => p.entries)
      if (phase.taps.length === 0) return full([d.shape[0], channels, ...entries, ...lengths.slice(i + 1)], 0, d.dtype)
      const met = slice(source, axis, phase.from, phase.to)
      return withPhases(met, gatherTaps(taps, axis, phase.taps), [...chosen, phase])
    })
    return interleave(parts, axis, lengths[i])
  }
}

/** Every stride-th entry of one axis of the input, and the stride-1 convolution of d that its gradient is. */
interface Phase {
  readonly entries: number
  /** Kernel entries, last first. */
  readonly taps: readonly number[]
  readonly spacing: number
  /** Entries of d that they meet, and the zeros around them. */
  readonly from: number
  readonly to: number
  readonly before: number
  readonly after: number
}

function phasesAlong(axis: number, length: number, outputs: number, window: Window): Phase[] {
  const stride = window.strides[axis]
  const kernel = window.kernel_shape[axis]
  const count = Math.min(stride, length)
  return Array.from({ length: count }, (_, phase) => {
    const entries = Math.ceil((length - phase) / stride)
    /** Position in d of the entry that a tap adds to entry 0 of the phase. */
    const offsetOf = (tap: number) => (phase + window.pads[axis] - tap * window.dilations[axis]) / stride
    const taps = [...Array(kernel).keys()].filter((tap) => {
      const offset = offsetOf(tap)
      return Number.isInteger(offset) && offset < outputs && offset + entries > 0
    })
    taps.reverse()
    if (taps.length === 0) return { entries, taps, spacing: 1, from: 0, to: 0, before: 0, after: 0 }
    const offsets = taps.map(offsetOf)
    const first = offsets[0]
    const end = offsets[offsets.length - 1] + entries
    return {
      entries,
      taps,
      spacing: offsets.length > 1 ? offsets[1] - first : 1,
      from: Math.max(0, first),
      to: Math.min(outputs, end),
      before: Math.max(0, -first),
      after: Math.max(0, end - outputs),
    }
  })
}

/** Weight (O, C / groups, ...) as (C, O / groups, ...). */
function rolesExchanged(weight: Tensor, group: number): Tensor {
  const [outputs, groupChannels, ...kernel] = weight.shape
  if (group === 1) return transpose(weight, [1, 0, ...kernel.map((_, i) => i + 2)])
  const grouped = reshape(weight, [group, outputs / group, groupChannels, ...kernel])
  const exchanged = transpose(grouped, [0, 2, 1, ...kernel.map((_, i) => i + 3)])
  return reshape(exchanged, [group * groupChannels, outputs / group, ...kernel])
}

/** Entries `taps`, in that order, of one kernel axis. */
function gatherTaps(weight: Tensor, axis: number, taps: readonly number[]): Tensor {
  const whole = taps.length === weight.shape[axis] && taps.every((tap, i) => tap === i)
  return whole ? weight : apply('Gather', [weight, constant(Int32Array.from(taps), [taps.length])], { axis })
}

/**
 * Gradient of a convolution's weight, of shape `shape`, from its input x and the gradient d of its output, tap by tap:
 * dW[:, :, tap] is the product of d with the input as that tap saw it.
 * Slices and matrix products: 3 times faster on the CPU than a convolution with exchanged roles.
 */
export function convolutionWeightGradient(
  x: Tensor,
  d: Tensor,
  attributes: ConvolutionAttributes,
  shape: Shape,
): Tensor {
  const { strides, pads, dilations, group, kernel_shape: kernel } = attributes
  const axes = kernel.length
  const [batch, channels] = x.shape
  const outputs = shape[0]
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
  return reshape(stacked, shape)
}

/** Index of every kernel entry, row-major. */
function tapOffsets(kernel: Shape): number[][] {
  return kernel.reduce<number[][]>(
    (all, k) => all.flatMap((prefix) => [...Array(k).keys()].map((i) => [...prefix, i])),
    [[]],
  )
}
