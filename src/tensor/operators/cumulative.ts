import { requireNumbers } from '../element-type.ts'
import { cumulativeSum } from '../functions/cumulative.ts'
import { defineOperator } from '../operator.ts'

defineOperator('CumSum', {
  infer: ([x]) => {
    requireNumbers('CumSum', [x])
    return [{ dtype: x.dtype, shape: x.shape }]
  },
  constantInputs: ({ axis }) => [{ dtype: 'i64', values: [axis], scalar: true }],
  onnxAttributes: ({ exclusive, reverse }) => ({ exclusive, reverse }),
  gradient: ({ attributes: { axis, exclusive, reverse } }, [d]) => [
    cumulativeSum(d!, axis, { exclusive: exclusive === 1, reverse: reverse === 0 }),
  ],
})
