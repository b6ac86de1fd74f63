import { requireBroadcast } from '../broadcast.ts'
import { divide, multiply, negate } from '../functions/arithmetic.ts'
import { sumTo } from '../functions/reduction.ts'
import { defineOperator } from '../operator.ts'
import { shapeError, type Tensor } from '../tensor.ts'

function inferElementwise(name: string) {
  return ([a, b]: readonly Tensor[]) => {
    if (a.dtype !== b.dtype) throw shapeError(name, [a, b], 'two tensors of one type')
    return [{ dtype: a.dtype, shape: requireBroadcast(name, a, b) }]
  }
}

defineOperator('Add', {
  infer: inferElementwise('Add'),
  gradient: ({ inputs: [a, b], needs }, [d]) => [
    needs(0) ? sumTo(d!, a.shape) : undefined,
    needs(1) ? sumTo(d!, b.shape) : undefined,
  ],
})

defineOperator('Sub', {
  infer: inferElementwise('Sub'),
  gradient: ({ inputs: [a, b], needs }, [d]) => [
    needs(0) ? sumTo(d!, a.shape) : undefined,
    needs(1) ? negate(sumTo(d!, b.shape)) : undefined,
  ],
})

defineOperator('Mul', {
  infer: inferElementwise('Mul'),
  gradient: ({ inputs: [a, b], needs }, [d]) => [
    needs(0) ? sumTo(multiply(d!, b), a.shape) : undefined,
    needs(1) ? sumTo(multiply(d!, a), b.shape) : undefined,
  ],
})

defineOperator('Div', {
  infer: inferElementwise('Div'),
  gradient: ({ inputs: [a, b], outputs: [y], needs }, [d]) => [
    needs(0) ? sumTo(divide(d!, b), a.shape) : undefined,
    needs(1) ? negate(sumTo(divide(multiply(d!, y), b), b.shape)) : undefined,
  ],
})
