import { broadcastShapes } from '../broadcast.ts'
import { isCentred, markCentred } from '../centred.ts'
import { full } from '../functions/constant.ts'
import { concat, interleave, pad, reshape, split, transpose } from '../functions/layout.ts'
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
  constantInputs: ({ shape }) => [{ dtype: 'i64', values: shape }],
  onnxAttributes: () => ({}),
  gradient: ({ inputs: [x] }, [d]) => [reshape(d!, x.shape)],
})

defineOperator('Transpose', {
  infer: ([x], { perm }) => {
    if (perm.length !== x.rank || new Set(perm).size !== x.rank) {
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
    if (total !== x.shape[axis]) throw shapeError('Split', [x], `${total} entries along axis ${axis}`)
    return sizes.map((size: number) => ({ dtype: x.dtype, shape: x.shape.map((n, i) => (i === axis ? size : n)) }))
  },
  constantInputs: ({ sizes }) => [{ dtype: 'i64', values: sizes }],
  onnxAttributes: ({ axis }) => ({ axis }),
  gradient: ({ outputs, attributes: { axis } }, gradients) => {
    if (gradients.every((d) => !d)) return [undefined]
    return [
      concat(
        gradients.map((d, i) => d ?? full(outputs[i].shape, 0)),
        axis,
      ),
    ]
  },
})

defineOperator('Slice', {
  infer: ([x], { axis, start, end, step }) => {
    if (start < 0 || end > x.shape[axis] || start >= end || step < 1) {
      throw shapeError('Slice', [x], `[${start}, ${end}) within axis ${axis}, by a step of 1 or more, not ${step}`)
    }
    return [{ dtype: x.dtype, shape: x.shape.map((n, i) => (i === axis ? Math.ceil((end - start) / step) : n)) }]
  },
  constantInputs: ({ axis, start, end, step }) =>
    [start, end, axis, step].map((value) => ({ dtype: 'i64', values: [value] })),
  onnxAttributes: () => ({}),
  gradient: ({ inputs: [x], attributes: { axis, start, step } }, [d]) => {
    const room = x.shape[axis] - start
    const covered = Math.min(d!.shape[axis] * step, room)
    const zeros = Array.from({ length: step - 1 }, () => full(d!.shape, 0))
    return [pad(interleave([d!, ...zeros], axis, covered), axis, start, room - covered)]
  },
})
