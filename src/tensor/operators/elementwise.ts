import { requireBroadcast } from '../broadcast.ts'
import { divide, multiply, negate, subtract } from '../functions/arithmetic.ts'
import { scalar } from '../functions/constant.ts'
import { minimum, positiveMask, zeroMask } from '../functions/elementwise.ts'
import { sumTo } from '../functions/reduction.ts'
import { apply, defineOperator } from '../operator.ts'
import { shapeError, type Tensor } from '../tensor.ts'

type ElementwiseGradient = (d: Tensor, x: Tensor, y: Tensor) => Tensor

function defineElementwise(name: string, gradient?: ElementwiseGradient): void {
  defineOperator(name, {
    infer: ([x]) => {
      if (x.dtype !== 'f32') throw shapeError(name, [x], 'a floating-point tensor')
      return [{ dtype: x.dtype, shape: x.shape }]
    },
    gradient: gradient && (({ inputs: [x], outputs: [y] }, [d]) => [gradient(d!, x, y)]),
  })
}

defineElementwise('Neg', (d) => negate(d))

defineElementwise('Exp', (d, _, y) => multiply(d, y))

defineElementwise('Log', (d, x) => divide(d, x))

defineElementwise('Sqrt', (d, _, y) => multiply(d, divide(0.5, y)))

defineElementwise('Reciprocal', (d, _, y) => negate(multiply(d, multiply(y, y))))

defineElementwise('Tanh', (d, _, y) => multiply(d, subtract(1, multiply(y, y))))

defineElementwise('Sigmoid', (d, _, y) => multiply(d, multiply(y, subtract(1, y))))

defineElementwise('Abs', (d, x) => multiply(d, apply('Sign', [x])))

defineElementwise('Sign')

defineElementwise('HardSigmoid')

defineElementwise('Relu', (d, _, y) => multiply(d, positiveMask(y)))

function defineExtreme(name: 'Max' | 'Min'): void {
  defineOperator(name, {
    infer: ([a, b]) => [{ dtype: a.dtype, shape: requireBroadcast(name, a, b) }],
    // Ties go to the first operand.
    gradient: ({ inputs: [a, b], outputs: [y], needs }, [d]) => {
      const difference = name === 'Max' ? subtract(a, y) : subtract(y, a)
      const first = zeroMask(difference)
      return [
        needs(0) ? sumTo(multiply(d!, first), a.shape) : undefined,
        needs(1) ? sumTo(multiply(d!, subtract(1, first)), b.shape) : undefined,
      ]
    },
  })
}

defineExtreme('Max')

defineExtreme('Min')

defineOperator('Clip', {
  infer: ([x]) => [{ dtype: x.dtype, shape: x.shape }],
  constantInputs: ({ low, high }) => [
    { dtype: 'f32', values: [low], scalar: true },
    { dtype: 'f32', values: [high], scalar: true },
  ],
  onnxAttributes: () => ({}),
  gradient: ({ inputs: [x], attributes: { low, high } }, [d]) => {
    const above = zeroMask(minimum(subtract(x, low), scalar(0)))
    const below = zeroMask(minimum(subtract(high, x), scalar(0)))
    return [multiply(d!, multiply(above, below))]
  },
})

defineOperator('StopGradient', {
  onnxName: 'Identity',
  infer: ([x]) => [{ dtype: x.dtype, shape: x.shape }],
})
