import { type DataType, shapeError, type Tensor } from './tensor.ts'

/** Tensors of one type, f32, i32 or i64; otherwise a shape error that names the operator. */
export function requireNumbers(operator: string, tensors: readonly Tensor[]): void {
  requireOneOf(operator, tensors, ['f32', 'i32', 'i64'], 'numbers of one type')
}

/** f32 tensors; otherwise a shape error that names the operator. */
export function requireFloats(operator: string, tensors: readonly Tensor[]): void {
  requireOneOf(operator, tensors, ['f32'], 'a floating-point tensor')
}

/** bool tensors; otherwise a shape error that names the operator. */
export function requireBooleans(operator: string, tensors: readonly Tensor[]): void {
  requireOneOf(operator, tensors, ['bool'], 'booleans')
}

function requireOneOf(
  operator: string,
  tensors: readonly Tensor[],
  allowed: readonly DataType[],
  expected: string,
): void {
  const [{ dtype }] = tensors
  if (!allowed.includes(dtype) || tensors.some((t) => t.dtype !== dtype)) throw shapeError(operator, tensors, expected)
}
