import { OssatureError } from '../../errors.ts'
import { currentScope, type DataType, Node, type Shape, sizeOf, type Tensor } from '../tensor.ts'
import { cast } from './cast.ts'

export type ConstantData = Float32Array | Int32Array | BigInt64Array | Uint8Array

/**
 * A constant tensor of the type of the data, row-major: f32, i32 or i64 numbers, or bool as bytes of 0 and 1. The data is
 * not copied.
 * @throws OssatureError when the data does not fill the shape
 */
export function constant(data: ConstantData, shape: Shape): Tensor {
  requireShape(shape)
  const size = sizeOf(shape)
  if (data.length !== size)
    throw new OssatureError('this data does not fill the constant', {
      where: currentScope() || 'graph',
      expected: `${size} values for [${shape.join(', ')}]`,
      found: `${data.length} values`,
    })
  const dtype = dtypeOf(data)
  return new Node('Constant', [], { data, dtype, shape }, [{ dtype, shape }]).outputs[0]
}

function requireShape(shape: Shape): void {
  if (shape.every((n) => Number.isInteger(n) && n >= 0)) return
  throw new OssatureError('a tensor cannot have this shape', {
    where: currentScope() || 'graph',
    expected: 'whole lengths, 0 or more',
    found: `[${shape.join(', ')}]`,
  })
}

function dtypeOf(data: ConstantData): DataType {
  if (data instanceof Float32Array) return 'f32'
  if (data instanceof Int32Array) return 'i32'
  return data instanceof BigInt64Array ? 'i64' : 'bool'
}

/**
 * A constant number without axes.
 * @throws OssatureError for a fraction as an integer, or a number that the type does not hold
 */
export function scalar(value: number, dtype: DataType = 'f32'): Tensor {
  return full([], value, dtype)
}

/**
 * A constant whose elements are all equal; of booleans, whether the value is other than 0.
 * @throws OssatureError for a fraction as an integer, or a number that the type does not hold
 */
export function full(shape: Shape, value: number, dtype: DataType = 'f32'): Tensor {
  requireShape(shape)
  if (dtype === 'f16') return cast(full(shape, value), 'f16')
  return constant(filled(sizeOf(shape), value, dtype), shape)
}

const INT32_RANGE = [-(2 ** 31), 2 ** 31 - 1] as const
/** Whole numbers that a JavaScript number holds exactly. */
const SAFE_RANGE = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const

function filled(size: number, value: number, dtype: Exclude<DataType, 'f16'>): ConstantData {
  if (dtype === 'f32') return new Float32Array(size).fill(value)
  if (dtype === 'bool') return new Uint8Array(size).fill(value === 0 ? 0 : 1)
  const [low, high] = dtype === 'i32' ? INT32_RANGE : SAFE_RANGE
  if (!(Number.isInteger(value) && value >= low && value <= high))
    throw new OssatureError('this constant cannot be made', {
      where: currentScope() || 'graph',
      expected: `a whole number from ${low} to ${high}`,
      found: `${value} as ${dtype}`,
    })
  return dtype === 'i32' ? new Int32Array(size).fill(value) : new BigInt64Array(size).fill(BigInt(value))
}

/**
 * A value that is fed to the graph under `name`.
 * @throws OssatureError for a shape of fractions or negative lengths
 */
export function input(name: string, dtype: DataType, shape: Shape): Tensor {
  requireShape(shape)
  return new Node('Input', [], { name, dtype, shape }, [{ dtype, shape }]).outputs[0]
}

/** The number, when the tensor is a constant with one element. */
export function constantNumber(tensor: Tensor): number | undefined {
  if (tensor.node.operator !== 'Constant' || sizeOf(tensor.shape) !== 1) return undefined
  return Number(tensor.node.attributes.data[0])
}
