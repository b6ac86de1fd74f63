import { add, multiply, subtract } from '../functions/arithmetic.ts'
import { full } from '../functions/constant.ts'
import { zeroMask } from '../functions/elementwise.ts'
import { interleave, pad, shift, slice } from '../functions/layout.ts'
import { defineOperator } from '../operator.ts'
import { shapeError, type Tensor } from '../tensor.ts'

defineOperator('MaxPool', {
  infer: ([x], { kernel_shape: kernel, strides, pads }) => {
    const spatial = kernel.map(
      (k: number, i: number) => Math.floor((x.shape[i + 2] + pads[i] + pads[i + kernel.length] - k) / strides[i]) + 1,
    )
    if (x.rank !== kernel.length + 2 || spatial.some((n: number) => n < 1)) {
      throw shapeError('MaxPool', [x], `x (N, C, ...) that is at least as large as the window [${kernel}]`)
    }
    return [{ dtype: x.dtype, shape: [x.shape[0], x.shape[1], ...spatial] }]
  },
  gradient: ({ inputs: [x], outputs: [y], attributes }, [d]) => [inputGradient(x, y, attributes, d!)],
})

/**
 * The first entry of a window that equals its maximum takes the gradient. Masks per window entry:
 * the operator's index output makes pooling more than ten times slower on the CPU.
 */
function inputGradient(x: Tensor, y: Tensor, attributes: Record<string, number[]>, d: Tensor): Tensor {
  const { kernel_shape: kernel, strides, pads } = attributes
  const along = kernel.findIndex((k) => k > 1)
  if (along < 0) return d
  if (kernel.some((k, i) => i !== along && (k > 1 || strides[i] > 1))) {
    throw shapeError('MaxPool gradient', [x], 'a window with one axis longer than 1')
  }
  const axis = along + 2
  const stride = strides[along]
  const before = pads[along]
  const padded = pad(x, axis, before, pads[along + kernel.length], LOWEST)
  const phases: (Tensor | undefined)[] = Array(stride).fill(undefined)
  let remaining = d
  for (let tap = 0; tap < kernel[along]; tap++) {
    const last = tap === kernel[along] - 1
    const seen = slice(padded, axis, tap, tap + (y.shape[axis] - 1) * stride + 1, stride)
    const taken = last ? remaining : multiply(remaining, zeroMask(subtract(seen, y)))
    if (!last) remaining = subtract(remaining, taken)
    const phase = (((tap - before) % stride) + stride) % stride
    const entries = Math.ceil((x.shape[axis] - phase) / stride)
    if (entries <= 0) continue
    const moved = shift(taken, axis, (tap - before - phase) / stride, entries)
    const sofar = phases[phase]
    phases[phase] = sofar ? add(sofar, moved) : moved
  }
  const complete = phases.map((phase) => phase ?? full(y.shape, 0))
  return interleave(complete.slice(0, x.shape[axis]), axis, x.shape[axis])
}

const LOWEST = -3.4e38
