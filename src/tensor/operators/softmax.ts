import { requireFloats } from '../element-type.ts'
import { multiply, subtract } from '../functions/arithmetic.ts'
import { exp } from '../functions/elementwise.ts'
import { sum } from '../functions/reduction.ts'
import { defineOperator } from '../operator.ts'

defineOperator('Softmax', {
  infer: ([x]) => {
    requireFloats('Softmax', [x])
    return [{ dtype: x.dtype, shape: x.shape }]
  },
  gradient: ({ outputs: [y], attributes: { axis } }, [d]) => [multiply(y, subtract(d!, sum(multiply(d!, y), [axis])))],
})

defineOperator('LogSoftmax', {
  infer: ([x]) => {
    requireFloats('LogSoftmax', [x])
    return [{ dtype: x.dtype, shape: x.shape }]
  },
  gradient: ({ outputs: [y], attributes: { axis } }, [d]) => [subtract(d!, multiply(exp(y), sum(d!, [axis])))],
})
