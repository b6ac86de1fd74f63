import { requireBroadcast } from '../broadcast.ts'
import { requireFloats, requireNumbers } from '../element-type.ts'
import type { Operator } from '../operator.ts'
import type { DataType } from '../tensor.ts'

/** Shape rule of an operator whose result has the type and shape of its operand. */
export function likeOperand(name: string, require = requireFloats): Operator['infer'] {
  return ([x]) => {
    require(name, [x])
    return [{ dtype: x.dtype, shape: x.shape }]
  }
}

/**
 * Shape rule of an operator on two operands of one type that broadcast.
 * @param dtype the type of the result; that of the operands when absent
 */
export function broadcastOperands(name: string, require = requireNumbers, dtype?: DataType): Operator['infer'] {
  return ([a, b]) => {
    require(name, [a, b])
    return [{ dtype: dtype ?? a.dtype, shape: requireBroadcast(name, a, b) }]
  }
}
