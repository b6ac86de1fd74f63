import { apply } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { scalar } from './constant.ts'

type Operand = Tensor | number

function operand(value: Operand): Tensor {
  return typeof value === 'number' ? scalar(value) : value
}

/** a + b with broadcasting. */
export function add(a: Operand, b: Operand): Tensor {
  return apply('Add', [operand(a), operand(b)])
}

/** a - b with broadcasting. */
export function subtract(a: Operand, b: Operand): Tensor {
  return apply('Sub', [operand(a), operand(b)])
}

/** a * b, element by element, with broadcasting. */
export function multiply(a: Operand, b: Operand): Tensor {
  return apply('Mul', [operand(a), operand(b)])
}

/** a / b, element by element, with broadcasting. */
export function divide(a: Operand, b: Operand): Tensor {
  return apply('Div', [operand(a), operand(b)])
}

/** -x. */
export function negate(x: Tensor): Tensor {
  return apply('Neg', [x])
}
