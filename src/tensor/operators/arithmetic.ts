import { divide, multiply, negate, power, subtract } from '../functions/arithmetic.ts'
import { equal, greaterOrEqual, logicalAnd, where } from '../functions/comparison.ts'
import { constantNumber } from '../functions/constant.ts'
import { log, round } from '../functions/elementwise.ts'
import { sumTo } from '../functions/reduction.ts'
import { defineOperator } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { broadcastOperands } from './type-rules.ts'

defineOperator('Add', {
  infer: broadcastOperands('Add'),
  gradient: ({ inputs: [a, b], needs }, [d]) => [
    needs(0) ? sumTo(d!, a.shape) : undefined,
    needs(1) ? sumTo(d!, b.shape) : undefined,
  ],
})

defineOperator('Sub', {
  infer: broadcastOperands('Sub'),
  gradient: ({ inputs: [a, b], needs }, [d]) => [
    needs(0) ? sumTo(d!, a.shape) : undefined,
    needs(1) ? negate(sumTo(d!, b.shape)) : undefined,
  ],
})

defineOperator('Mul', {
  infer: broadcastOperands('Mul'),
  gradient: ({ inputs: [a, b], needs }, [d]) => [
    needs(0) ? sumTo(multiply(d!, b), a.shape) : undefined,
    needs(1) ? sumTo(multiply(d!, a), b.shape) : undefined,
  ],
})

defineOperator('Div', {
  infer: broadcastOperands('Div'),
  gradient: ({ inputs: [a, b], outputs: [y], needs }, [d]) => [
    needs(0) ? sumTo(divide(d!, b), a.shape) : undefined,
    needs(1) ? negate(sumTo(divide(multiply(d!, y), b), b.shape)) : undefined,
  ],
})

defineOperator('Pow', {
  infer: broadcastOperands('Pow'),
  gradient: ({ inputs: [a, b], outputs: [y], needs }, [d]) => [
    needs(0) ? sumTo(multiply(d!, slopeOfBase(a, b)), a.shape) : undefined,
    needs(1) ? sumTo(multiply(d!, slopeOfExponent(a, b, y)), b.shape) : undefined,
  ],
})

/** b a^(b - 1), and 0 for the exponent 0 also where a is 0. */
function slopeOfBase(a: Tensor, b: Tensor): Tensor {
  const exponent = constantNumber(b)
  if (exponent === 2) return multiply(a, b)
  if (exponent === undefined || exponent === 0) return where(equal(b, 0), 0, multiply(b, power(a, subtract(b, 1))))
  return multiply(power(a, exponent - 1), b)
}

/** a^b log a, and 0 where a is 0 and b is not negative: there a^b is constant in b. */
function slopeOfExponent(a: Tensor, b: Tensor, y: Tensor): Tensor {
  const constantThere = logicalAnd(equal(a, 0), greaterOrEqual(b, 0))
  return where(constantThere, 0, multiply(y, log(a)))
}

// The remainder of floats has the sign of a, that of integers the sign of b.
defineOperator('Mod', {
  infer: broadcastOperands('Mod'),
  gradient: ({ inputs: [a, b], outputs: [y], needs }, [d]) => [
    needs(0) ? sumTo(d!, a.shape) : undefined,
    needs(1) ? negate(sumTo(multiply(d!, round(divide(subtract(a, y), b))), b.shape)) : undefined,
  ],
})
