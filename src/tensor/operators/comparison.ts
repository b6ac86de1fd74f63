import { broadcastShapes } from '../broadcast.ts'
import { requireBooleans, requireFloats, requireNumbers } from '../element-type.ts'
import { where } from '../functions/comparison.ts'
import { sumTo } from '../functions/reduction.ts'
import { defineOperator } from '../operator.ts'
import { shapeError } from '../tensor.ts'
import { broadcastOperands, likeOperand } from './type-rules.ts'

for (const name of ['Less', 'Greater', 'LessOrEqual', 'GreaterOrEqual']) {
  defineOperator(name, { infer: broadcastOperands(name, requireNumbers, 'bool') })
}

defineOperator('Equal', {
  infer: broadcastOperands(
    'Equal',
    (name, operands) => (operands[0].dtype === 'bool' ? requireBooleans : requireNumbers)(name, operands),
    'bool',
  ),
})

for (const name of ['And', 'Or', 'Xor']) {
  defineOperator(name, { infer: broadcastOperands(name, requireBooleans) })
}

defineOperator('Not', { infer: likeOperand('Not', requireBooleans) })

defineOperator('IsNaN', {
  infer: ([x]) => {
    requireFloats('IsNaN', [x])
    return [{ dtype: 'bool', shape: x.shape }]
  },
})

defineOperator('Where', {
  infer: ([condition, a, b]) => {
    const values = broadcastShapes(a.shape, b.shape)
    const shape = values && broadcastShapes(condition.shape, values)
    if (condition.dtype !== 'bool' || a.dtype !== b.dtype || !shape)
      throw shapeError('Where', [condition, a, b], 'a bool condition and two tensors of one type that broadcast')
    requireNumbers('Where', [a, b])
    return [{ dtype: a.dtype, shape }]
  },
  gradient: ({ inputs: [condition, a, b], needs }, [d]) => [
    undefined,
    needs(1) ? sumTo(where(condition, d!, 0), a.shape) : undefined,
    needs(2) ? sumTo(where(condition, 0, d!), b.shape) : undefined,
  ],
})
