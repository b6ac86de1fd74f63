import { type DataType, type Node, shapeError, type Tensor } from './tensor.ts'

const FLOATS: readonly DataType[] = ['f32', 'f16']

export function isFloat(dtype: DataType): boolean {
  return FLOATS.includes(dtype)
}

/** Whether something that a node gives is f16. */
export function givesHalves({ outputs }: Node): boolean {
  return outputs.some(({ dtype }) => dtype === 'f16')
}

/** Tensors of one type, floating-point numbers or integers; otherwise a shape error that names the operator. */
export function requireNumbers(operator: string, tensors: readonly Tensor[]): void {
  requireOneOf(operator, tensors, [...FLOATS, 'i32', 'i64'], 'numbers of one type')
}

/** Floating-point tensors of one type; otherwise a shape error that names the operator. */
export function requireFloats(operator: string, tensors: readonly Tensor[]): void {
  requireOneOf(
    operator,
    tensors,
    FLOATS,
    tensors.length > 1 ? 'floating-point tensors of one type' : 'a floating-point tensor',
  )
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
