import { broadcastShapes } from '../broadcast.ts'
import { requireFloats } from '../element-type.ts'
import { add, divide, multiply, subtract } from '../functions/arithmetic.ts'
import { erf, exp, minimum, positiveMask, square, tanh } from '../functions/elementwise.ts'
import { sumTo } from '../functions/reduction.ts'
import { defineOperator } from '../operator.ts'
import { sameShape, shapeError, type Tensor } from '../tensor.ts'
import { likeOperand } from './type-rules.ts'

defineOperator('LeakyRelu', {
  infer: likeOperand('LeakyRelu'),
  gradient: ({ inputs: [x], attributes: { alpha } }, [d]) => [
    multiply(d!, add(multiply(positiveMask(x), 1 - alpha), alpha)),
  ],
})

defineOperator('PRelu', {
  infer: ([x, slope]) => {
    requireFloats('PRelu', [x, slope])
    const shape = broadcastShapes(x.shape, slope.shape)
    if (!shape || !sameShape(shape, x.shape)) throw shapeError('PRelu', [x, slope], 'a slope that broadcasts to x')
    return [{ dtype: x.dtype, shape: x.shape }]
  },
  gradient: ({ inputs: [x, slope], needs }, [d]) => [
    needs(0) ? multiply(d!, leakySlope(positiveMask(x), slope)) : undefined,
    needs(1) ? sumTo(multiply(d!, minimum(x, 0)), slope.shape) : undefined,
  ],
})

/** 1 under the mask, else the slope. */
function leakySlope(mask: Tensor, slope: Tensor): Tensor {
  return add(multiply(mask, subtract(1, slope)), slope)
}

defineOperator('Gelu', {
  infer: likeOperand('Gelu'),
  gradient: ({ inputs: [x], attributes: { approximate } }, [d]) => [
    approximate === 'tanh' ? multiply(d!, tanhSlope(x)) : multiply(multiply(d!, 0.5), doubleNormalSlope(x)),
  ],
})

/**
 * 2 P(x) + 2 x p(x) with distribution and density of the standard normal numbers, in as few passes over memory as there
 * are: the half of it is left to the gradient, where it costs nothing behind a matrix product.
 */
function doubleNormalSlope(x: Tensor): Tensor {
  const u = multiply(x, Math.SQRT1_2)
  const density = multiply(divide(x, exp(square(u))), Math.sqrt(2 / Math.PI))
  return add(add(density, 1), erf(u))
}

/** Derivative of 0.5 x (1 + tanh(u)), u = c (x + 0.044715 x^3). */
function tanhSlope(x: Tensor): Tensor {
  const c = Math.sqrt(2 / Math.PI)
  const squared = square(x)
  const t = tanh(multiply(x, add(multiply(squared, c * 0.044715), c)))
  const inner = add(multiply(squared, c * 3 * 0.044715), c)
  const outer = multiply(subtract(1, square(t)), multiply(x, 0.5))
  return add(multiply(add(t, 1), 0.5), multiply(outer, inner))
}
