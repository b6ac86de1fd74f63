import { keptShape } from '../broadcast.ts'
import { multiply, subtract } from '../functions/arithmetic.ts'
import { zeroMask } from '../functions/elementwise.ts'
import { expand } from '../functions/layout.ts'
import { sum } from '../functions/reduction.ts'
import { apply, defineOperator } from '../operator.ts'

defineOperator('ReduceSum', {
  infer: ([x], { axes }) => [{ dtype: x.dtype, shape: keptShape(x.shape, axes) }],
  constantInputs: ({ axes }) => [{ dtype: 'i64', values: axes }],
  onnxAttributes: () => ({ keepdims: 1 }),
  gradient: ({ inputs: [x] }, [d]) => [expand(d!, x.shape)],
})

defineOperator('ReduceMax', {
  infer: ([x], { axes }) => [{ dtype: x.dtype, shape: keptShape(x.shape, axes) }],
  constantInputs: ({ axes }) => [{ dtype: 'i64', values: axes }],
  onnxAttributes: () => ({ keepdims: 1 }),
  // Equal maxima share the gradient.
  gradient: ({ inputs: [x], outputs: [y], attributes: { axes } }, [d]) => {
    const mask = zeroMask(subtract(x, y))
    const share = apply('Div', [mask, sum(mask, axes)])
    return [multiply(share, d!)]
  },
})
