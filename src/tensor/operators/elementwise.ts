import { requireNumbers } from '../element-type.ts'
import { add, divide, multiply, negate, subtract } from '../functions/arithmetic.ts'
import { cast } from '../functions/cast.ts'
import { greaterOrEqual, lessOrEqual } from '../functions/comparison.ts'
import { scalar } from '../functions/constant.ts'
import { cos, exp, minimum, positiveMask, sign, sin, sqrt, square, zeroMask } from '../functions/elementwise.ts'
import { sumTo } from '../functions/reduction.ts'
import { defineOperator } from '../operator.ts'
import type { Attributes, Tensor } from '../tensor.ts'
import { broadcastOperands, likeOperand } from './type-rules.ts'

type ElementwiseGradient = (d: Tensor, x: Tensor, y: Tensor, attributes: Attributes) => Tensor | undefined

function defineElementwise(name: string, gradient: ElementwiseGradient, require?: typeof requireNumbers): void {
  defineOperator(name, {
    infer: likeOperand(name, require),
    gradient: ({ inputs: [x], outputs: [y], attributes }, [d]) => [gradient(d!, x, y, attributes)],
  })
}

defineElementwise('Neg', (d) => negate(d), requireNumbers)

defineElementwise('Exp', (d, _, y) => multiply(d, y))

defineElementwise('Log', (d, x) => divide(d, x))

defineElementwise('Sqrt', (d, _, y) => multiply(d, divide(0.5, y)))

defineElementwise('Reciprocal', (d, _, y) => negate(multiply(d, multiply(y, y))))

defineElementwise('Sin', (d, x) => multiply(d, cos(x)))

defineElementwise('Cos', (d, x) => negate(multiply(d, sin(x))))

defineElementwise('Asin', (d, x) => divide(d, sqrt(subtract(1, square(x)))))

defineElementwise('Acos', (d, x) => negate(divide(d, sqrt(subtract(1, square(x))))))

defineElementwise('Atan', (d, x) => divide(d, add(1, square(x))))

defineElementwise('Tanh', (d, _, y) => multiply(d, subtract(1, multiply(y, y))))

defineElementwise('Sigmoid', (d, _, y) => multiply(d, multiply(y, subtract(1, y))))

defineElementwise('Erf', (d, x) => multiply(d, multiply(exp(negate(square(x))), 2 / Math.sqrt(Math.PI))))

defineElementwise('Abs', (d, x) => multiply(d, sign(x)), requireNumbers)

defineElementwise('Sign', () => undefined, requireNumbers)

for (const name of ['Floor', 'Ceil', 'Round']) defineElementwise(name, () => undefined)

/** Steeper than this the function is a mask, whose gradient is 0. */
const STEEPEST = 1e30

defineElementwise('HardSigmoid', (d, _, y, { alpha }) =>
  alpha > STEEPEST ? undefined : multiply(multiply(d, alpha), multiply(positiveMask(y), positiveMask(subtract(1, y)))),
)

defineElementwise('Relu', (d, _, y) => multiply(d, positiveMask(y)))

function defineExtreme(name: 'Max' | 'Min'): void {
  defineOperator(name, {
    infer: broadcastOperands(name),
    // Ties go to the first operand.
    gradient: ({ inputs: [a, b], needs }, [d]) => {
      const first = cast(name === 'Max' ? greaterOrEqual(a, b) : lessOrEqual(a, b), a.dtype)
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
  infer: likeOperand('Clip'),
  constantInputs: ({ low, high }) => [
    { dtype: 'f32', values: [low], scalar: true },
    { dtype: 'f32', values: [high], scalar: true },
  ],
  onnxAttributes: () => ({}),
  gradient: ({ inputs: [x], attributes: { low, high } }, [d]) => {
    const above = zeroMask(minimum(subtract(x, low), scalar(0, x.dtype)))
    const below = zeroMask(minimum(subtract(high, x), scalar(0, x.dtype)))
    return [multiply(d!, multiply(above, below))]
  },
})

defineOperator('StopGradient', {
  onnxName: 'Identity',
  infer: ([x]) => [{ dtype: x.dtype, shape: x.shape }],
})
