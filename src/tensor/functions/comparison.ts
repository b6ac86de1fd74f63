import { isFloat } from '../element-type.ts'
import { apply } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { add, type Operand, operands } from './arithmetic.ts'

/** Whether a = b, with broadcasting; NaN equals nothing. */
export const equal = (a: Operand, b: Operand): Tensor => apply('Equal', operands(a, b))

/** Whether a < b, with broadcasting; never where one is NaN. */
export const less = (a: Operand, b: Operand): Tensor => apply('Less', operands(a, b))

/** Whether a > b, with broadcasting; never where one is NaN. */
export const greater = (a: Operand, b: Operand): Tensor => apply('Greater', operands(a, b))

/** Whether a <= b, with broadcasting; never where one is NaN. */
export const lessOrEqual = (a: Operand, b: Operand): Tensor => apply('LessOrEqual', operands(a, b))

/** Whether a >= b, with broadcasting; never where one is NaN. */
export const greaterOrEqual = (a: Operand, b: Operand): Tensor => apply('GreaterOrEqual', operands(a, b))

/** Both of two boolean tensors, with broadcasting. */
export const logicalAnd = (a: Tensor, b: Tensor): Tensor => apply('And', [a, b])

/** One or both of two boolean tensors, with broadcasting. */
export const logicalOr = (a: Tensor, b: Tensor): Tensor => apply('Or', [a, b])

/** One but not both of two boolean tensors, with broadcasting. */
export const logicalXor = (a: Tensor, b: Tensor): Tensor => apply('Xor', [a, b])

/** The opposite of a boolean tensor. */
export const logicalNot = (a: Tensor): Tensor => apply('Not', [a])

/** Whether an element is NaN. */
export const isNotANumber = (x: Tensor): Tensor => apply('IsNaN', [x])

/**
 * Elements of a where the condition (bool) holds, else of b; all three broadcast. Nothing of the other one passes, be
 * it NaN or infinite, and its gradient is 0. (What it was computed from may still turn that 0 into NaN: log at 0 does.)
 */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  const [chosen, other] = operands(a, b)
  if (chosen.dtype !== 'bool' || other.dtype !== 'bool') return apply('Where', [condition, chosen, other])
  return logicalOr(logicalAnd(condition, chosen), logicalAnd(logicalNot(condition), other))
}

/** Remainder of a / b with broadcasting; it has the sign of b (torch.remainder). */
export function modulo(a: Operand, b: Operand): Tensor {
  const [dividend, divisor] = operands(a, b)
  const remainder = apply('Mod', [dividend, divisor], { fmod: isFloat(dividend.dtype) ? 1 : 0 })
  if (!isFloat(remainder.dtype)) return remainder
  const opposite = logicalXor(less(remainder, 0), less(divisor, 0))
  const wrong = logicalAnd(opposite, logicalNot(equal(remainder, 0)))
  return where(wrong, add(remainder, divisor), remainder)
}
