import { requireNumbers } from '../element-type.ts'
import { full } from '../functions/constant.ts'
import { scatterAdd } from '../functions/indexing.ts'
import { defineOperator } from '../operator.ts'
import { shapeError } from '../tensor.ts'

defineOperator('TopK', {
  infer: ([x], { axis, k }) => {
    requireNumbers('TopK', [x])
    if (!Number.isInteger(k) || k < 1 || k > x.shape[axis]) {
      throw shapeError('TopK', [x], `k from 1 to the length of axis ${axis}, not ${k}`)
    }
    const shape = x.shape.map((n, i) => (i === axis ? k : n))
    return [
      { dtype: x.dtype, shape },
      { dtype: 'i64', shape },
    ]
  },
  constantInputs: ({ k }) => [{ dtype: 'i64', values: [k] }],
  onnxAttributes: ({ axis, largest }) => ({ axis, largest, sorted: 1 }),
  gradient: ({ inputs: [x], outputs: [, indices], attributes: { axis } }, [d]) => [
    d && scatterAdd(full(x.shape, 0, d.dtype), indices, d, axis),
  ],
})
