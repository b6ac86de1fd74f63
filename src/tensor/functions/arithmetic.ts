import { apply } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { scalar } from './constant.ts'

/** A tensor, or a number that takes the element type of the tensor beside it. */
export type Operand = Tensor | number

/** Both operands as tensors. */
export function operands(a: Operand, b: Operand): [Tensor, Tensor] {
  return [operandBeside(a, b), operandBeside(b, a)]
}

function operandBeside(value: Operand, other: Operand): Tensor {
  if (typeof value !== 'number') return value
  return scalar(value, typeof other === 'number' ? 'f32' : other.dtype)
}

/** a + b with broadcasting. */
export function add(a: Operand, b: Operand): Tensor {
  return apply('Add', operands(a, b))
}

/** a - b with broadcasting. */
export function subtract(a: Operand, b: Operand): Tensor {
  return apply('Sub', operands(a, b))
}

/** a * b, element by element, with broadcasting. */
export function multiply(a: Operand, b: Operand): Tensor {
  return apply('Mul', operands(a, b))
}

/** a / b, element by element, with broadcasting. Quotients of integers are cut towards zero. */
export function divide(a: Operand, b: Operand): Tensor {
  return apply('Div', operands(a, b))
}

/** -x. */
export function negate(x: Tensor): Tensor {
  return apply('Neg', [x])
}

/** base ** exponent with broadcasting. Integers take exponents of 0 or more. A negative base has no gradient of its exponent (NaN). */
export function power(base: Operand, exponent: Operand): Tensor {
  return apply('Pow', operands(base, exponent))
}
