import { multiply, subtract } from '../functions/arithmetic.ts'
import { exp } from '../functions/elementwise.ts'
import { sum } from '../functions/reduction.ts'
import { defineOperator } from '../operator.ts'
import { likeOperand } from './type-rules.ts'

defineOperator('Softmax', {
  infer: likeOperand('Softmax'),
  gradient: ({ outputs: [y], attributes: { axis } }, [d]) => [multiply(y, subtract(d!, sum(multiply(d!, y), [axis])))],
})

defineOperator('LogSoftmax', {
  infer: likeOperand('LogSoftmax'),
  gradient: ({ outputs: [y], attributes: { axis } }, [d]) => [subtract(d!, multiply(exp(y), sum(d!, [axis])))],
})
