import { requireFloats } from '../element-type.ts'
import { add, multiply, subtract } from '../functions/arithmetic.ts'
import { full } from '../functions/constant.ts'
import { zeroMask } from '../functions/elementwise.ts'
import { interleave, pad, shift, slice } from '../functions/layout.ts'
import { LOWEST, type Window, windowCount } from '../functions/window.ts'
import { apply, defineOperator } from '../operator.ts'
import type { Tensor } from '../tensor.ts'

defineOperator('MaxPool', {
  infer: ([x], attributes) => {
    requireFloats('MaxPool', [x])
    const spatial = x.shape.slice(2).map((length, i) => windowCount(attributes as Window, i, length))
    return [{ dtype: x.dtype, shape: [x.shape[0], x.shape[1], ...spatial] }]
  },
  gradient: ({ inputs: [x], outputs: [y], attributes }, [d]) => [inputGradient(x, y, attributes as Window, d!)],
})

/**
 * The first entry of a window, row-major, that equals its maximum takes the gradient. Along one axis after the other,
 * the first one first: of all rows with the maximum the first, in it the first entry.
 */
function inputGradient(x: Tensor, y: Tensor, window: Window, d: Tensor): Tensor {
  const along = window.kernel_shape.findIndex((_, i) => !isIdle(window, i))
  if (along < 0) return d
  const rest = withoutAxis(window, along)
  const others = window.kernel_shape.some((_, i) => !isIdle(rest, i))
  const row = others ? apply('MaxPool', [x], { ...rest }) : x
  return inputGradient(x, row, rest, gradientAlong(along, row, y, window, d))
}

/** Whether pooling leaves that axis as it is. */
function isIdle({ kernel_shape, strides, pads }: Window, axis: number): boolean {
  const { length } = kernel_shape
  return kernel_shape[axis] === 1 && strides[axis] === 1 && pads[axis] === 0 && pads[axis + length] === 0
}

function withoutAxis({ kernel_shape, strides, pads, dilations }: Window, axis: number): Window {
  const { length } = kernel_shape
  return {
    kernel_shape: kernel_shape.with(axis, 1),
    strides: strides.with(axis, 1),
    pads: pads.with(axis, 0).with(axis + length, 0),
    dilations: dilations.with(axis, 1),
  }
}

/**
 * Gradient of the input of a pooling along one axis. Masks per window entry: the operator's index output makes pooling
 * more than ten times slower on the CPU.
 */
function gradientAlong(along: number, x: Tensor, y: Tensor, window: Window, d: Tensor): Tensor {
  const axis = along + 2
  const kernel = window.kernel_shape[along]
  const stride = window.strides[along]
  const dilation = window.dilations[along]
  const before = window.pads[along]
  const padded = pad(x, axis, before, window.pads[along + window.kernel_shape.length], LOWEST)
  /** How many entries of x have that remainder by the stride. */
  const entriesOf = (phase: number) => Math.ceil((x.shape[axis] - phase) / stride)
  const phases: (Tensor | undefined)[] = Array(Math.min(stride, x.shape[axis])).fill(undefined)
  let remaining = d
  for (let tap = 0; tap < kernel; tap++) {
    const last = tap === kernel - 1
    const start = tap * dilation
    const seen = slice(padded, axis, start, start + (y.shape[axis] - 1) * stride + 1, stride)
    const taken = last ? remaining : multiply(remaining, zeroMask(subtract(seen, y)))
    if (!last) remaining = subtract(remaining, taken)
    const phase = (((start - before) % stride) + stride) % stride
    if (phase >= phases.length) continue
    const moved = shift(taken, axis, (start - before - phase) / stride, entriesOf(phase))
    const sofar = phases[phase]
    phases[phase] = sofar ? add(sofar, moved) : moved
  }
  const complete = phases.map((phase, i) => phase ?? full(x.shape.with(axis, entriesOf(i)), 0, x.dtype))
  return interleave(complete, axis, x.shape[axis])
}
