import { requireNumbers } from '../element-type.ts'
import { cumulativeSum } from '../functions/cumulative.ts'
import { defineOperator } from '../operator.ts'
import { likeOperand } from './type-rules.ts'

defineOperator('CumSum', {
  infer: likeOperand('CumSum', requireNumbers),
  constantInputs: ({ axis }) => [{ dtype: 'i64', values: [axis], scalar: true }],
  onnxAttributes: ({ exclusive, reverse }) => ({ exclusive, reverse }),
  gradient: ({ attributes: { axis, exclusive, reverse } }, [d]) => [
    cumulativeSum(d!, axis, { exclusive: exclusive === 1, reverse: reverse === 0 }),
  ],
})
