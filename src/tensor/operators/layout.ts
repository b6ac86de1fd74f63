import { broadcastShapes } from '../broadcast.ts'
import { isCentred, markCentred } from '../centred.ts'
import { full } from '../functions/constant.ts'
import { concat, flip, interleave, pad, reshape, split, transpose } from '../functions/layout.ts'
import { sumTo } from '../functions/reduction.ts'
import { defineOperator } from '../operator.ts'
import { sameShape, shapeError, sizeOf } from '../tensor.ts'

defineOperator('Reshape', {
  infer: ([x], { shape }) => {
    const whole = shape.every((n: number) => Number.isInteger(n) && n >= 0)
    if (!whole || sizeOf(shape) !== sizeOf(x.shape))
      throw shapeError(
        'Reshape',
        [x],
        whole ? `${sizeOf(shape)} elements for [${shape}]` : `a whole number of elements along each axis of [${shape}]`,
      )
    return [{ dtype: x.dtype, shape }]
  },
  // With `fed` the shape is a second input, of whose values the runtime knows nothing until it gets there.
  constantInputs: ({ shape, fed }) => (fed ? [] : [{ dtype: 'i64', values: shape }]),
  // Without it a 0 stands for the length that the input has there.
  onnxAttributes: ({ shape }) => (shape.includes(0) ? { allowzero: 1 } : {}),
  gradient: ({ inputs: [x] }, [d]) => [reshape(d!, x.shape)],
})

defineOperator('Transpose', {
  infer: ([x], { perm }) => {
    const complete = x.shape.every((_, axis) => perm.includes(axis))
    if (perm.length !== x.rank || !complete) {
      throw shapeError('Transpose', [x], `a permutation of ${x.rank} axes, not [${perm}]`)
    }
    return [{ dtype: x.dtype, shape: perm.map((axis: number) => x.shape[axis]) }]
  },
  gradient: ({ attributes: { perm } }, [d]) => [
    transpose(
      d!,
      perm.map((_: number, axis: number) => perm.indexOf(axis)),
    ),
  ],
})

defineOperator('Expand', {
  infer: ([x], { shape }) => {
    const result = broadcastShapes(x.shape, shape)
    if (!result || !sameShape(result, shape)) throw shapeError('Expand', [x], `a shape that broadcasts to [${shape}]`)
    return [{ dtype: x.dtype, shape }]
  },
  constantInputs: ({ shape }) => [{ dtype: 'i64', values: shape }],
  onnxAttributes: () => ({}),
  gradient: ({ inputs: [x] }, [d]) => [sumTo(d!, x.shape)],
})

defineOperator('Concat', {
  infer: (inputs, { axis }) => {
    const [first] = inputs
    const fits = inputs.every(
      (x) =>
        x.dtype === first.dtype && x.rank === first.rank && x.shape.every((n, i) => i === axis || n === first.shape[i]),
    )
    if (!fits) throw shapeError('Concat', inputs, `shapes that differ along axis ${axis} only`)
    const length = inputs.reduce((total, x) => total + x.shape[axis], 0)
    return [{ dtype: first.dtype, shape: first.shape.map((n, i) => (i === axis ? length : n)) }]
  },
  gradient: ({ inputs, attributes: { axis } }, [d]) => {
    const lengths = inputs.map((x) => x.shape[axis])
    const parts = split(d!, axis, lengths)
    return axis === 1 && isCentred(d!) ? parts.map(markCentred) : parts
  },
})

defineOperator('Split', {
  infer: ([x], { axis, sizes }) => {
    const total = sizes.reduce((a: number, b: number) => a + b, 0)
    const whole = sizes.every((n: number) => Number.isInteger(n) && n >= 0)
    if (!whole || total !== x.shape[axis]) {
      throw shapeError('Split', [x], `pieces of whole lengths that make up axis ${axis}, not [${sizes}]`)
    }
    return sizes.map((size: number) => ({ dtype: x.dtype, shape: x.shape.map((n, i) => (i === axis ? size : n)) }))
  },
  constantInputs: ({ sizes }) => [{ dtype: 'i64', values: sizes }],
  onnxAttributes: ({ axis }) => ({ axis }),
  gradient: ({ outputs, attributes: { axis } }, gradients) => {
    if (gradients.every((d) => !d)) return [undefined]
    return [
      concat(
        gradients.map((d, i) => d ?? full(outputs[i].shape, 0, outputs[i].dtype)),
        axis,
      ),
    ]
  },
})

/** ONNX takes an end of -1 as the last entry, and this one as the place before the first. */
const BEFORE_THE_FIRST = -(2 ** 31)

defineOperator('Slice', {
  infer: ([x], { axis, start, end, step }) => {
    const length = x.shape[axis]
    const inside = step > 0 ? start >= 0 && end <= length : start < length && end >= -1
    const count = Math.ceil((end - start) / step)
    const whole = step !== 0 && [start, end, step].every(Number.isInteger)
    if (!whole || !inside || count < 1) {
      const range = step < 0 ? `(${end}, ${start}]` : `[${start}, ${end})`
      throw shapeError('Slice', [x], `entries ${range} within axis ${axis}, by a whole step that is not 0, not ${step}`)
    }
    return [{ dtype: x.dtype, shape: x.shape.map((n, i) => (i === axis ? count : n)) }]
  },
  constantInputs: ({ axis, start, end, step }) =>
    [start, end < 0 ? BEFORE_THE_FIRST : end, axis, step].map((value) => ({ dtype: 'i64', values: [value] })),
  onnxAttributes: () => ({}),
  gradient: ({ inputs: [x], attributes: { axis, start, step } }, [d]) => {
    const count = d!.shape[axis]
    const stride = Math.abs(step)
    const first = step > 0 ? start : start + (count - 1) * step
    const ascending = step > 0 ? d! : flip(d!, [axis])
    const room = x.shape[axis] - first
    const covered = Math.min(count * stride, room)
    const zeros = Array.from({ length: stride - 1 }, () => full(d!.shape, 0, d!.dtype))
    return [pad(interleave([ascending, ...zeros], axis, covered), axis, first, room - covered)]
  },
})
