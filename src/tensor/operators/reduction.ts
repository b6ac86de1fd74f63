import { keptShape } from '../broadcast.ts'
import { requireNumbers } from '../element-type.ts'
import { divide, multiply } from '../functions/arithmetic.ts'
import { cast } from '../functions/cast.ts'
import { equal } from '../functions/comparison.ts'
import { expand } from '../functions/layout.ts'
import { sum } from '../functions/reduction.ts'
import { defineOperator, type Operator } from '../operator.ts'

function defineReduction(name: string, gradient: Operator['gradient']): void {
  defineOperator(name, {
    infer: ([x], { axes }) => {
      requireNumbers(name, [x])
      return [{ dtype: x.dtype, shape: keptShape(x.shape, axes) }]
    },
    constantInputs: ({ axes }) => [{ dtype: 'i64', values: axes }],
    onnxAttributes: () => ({ keepdims: 1 }),
    gradient,
  })
}

defineReduction('ReduceSum', ({ inputs: [x] }, [d]) => [expand(d!, x.shape)])

for (const name of ['ReduceMax', 'ReduceMin']) {
  // Equal extremes share the gradient. A comparison, not a difference: infinities are equal, their difference is NaN.
  defineReduction(name, ({ inputs: [x], outputs: [y], attributes: { axes } }, [d]) => {
    const mask = cast(equal(x, y), x.dtype)
    return [multiply(mask, divide(d!, sum(mask, axes)))]
  })
}

for (const name of ['ArgMax', 'ArgMin']) {
  defineOperator(name, {
    infer: ([x], { axis }) => {
      requireNumbers(name, [x])
      return [{ dtype: 'i64', shape: keptShape(x.shape, [axis]) }]
    },
    onnxAttributes: ({ axis }) => ({ axis, keepdims: 1 }),
  })
}
