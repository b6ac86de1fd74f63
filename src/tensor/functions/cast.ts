import { apply } from '../operator.ts'
import type { DataType, Tensor } from '../tensor.ts'

/**
 * x in another element type: floats to integers towards zero, numbers to booleans as other than 0. The gradient passes
 * between floating-point types only. Not every device computes with f16.
 */
export function cast(x: Tensor, dtype: DataType): Tensor {
  return x.dtype === dtype ? x : apply('Cast', [x], { dtype })
}
