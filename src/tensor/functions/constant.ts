import { OssatureError } from '../../errors.ts'
import { currentScope, type DataType, Node, type Shape, sizeOf, type Tensor } from '../tensor.ts'

export type ConstantData = Float32Array | Int32Array | BigInt64Array | Uint8Array

/** A constant tensor. The data is not copied. */
export function constant(data: ConstantData, shape: Shape, dtype: DataType = dtypeOf(data)): Tensor {
  return new Node('Constant', [], { data, dtype, shape }, [{ dtype, shape }]).outputs[0]
}

function dtypeOf(data: ConstantData): DataType {
  if (data instanceof Float32Array) return 'f32'
  if (data instanceof Int32Array) return 'i32'
  return data instanceof BigInt64Array ? 'i64' : 'bool'
}

/**
 * A constant number without axes.
 * @throws OssatureError for a fraction as an integer
 */
export function scalar(value: number, dtype: DataType = 'f32'): Tensor {
  return full([], value, dtype)
}

/**
 * A constant whose elements are all equal; of booleans, whether the value is other than 0.
 * @throws OssatureError for a fraction as an integer
 */
export function full(shape: Shape, value: number, dtype: DataType = 'f32'): Tensor {
  return constant(filled(sizeOf(shape), value, dtype), shape, dtype)
}

function filled(size: number, value: number, dtype: DataType): ConstantData {
  if (dtype === 'f32') return new Float32Array(size).fill(value)
  if (dtype === 'bool') return new Uint8Array(size).fill(value === 0 ? 0 : 1)
  if (dtype === 'f16' || !Number.isInteger(value))
    throw new OssatureError('this constant cannot be made', {
      where: currentScope() || 'graph',
      expected: dtype === 'f16' ? 'an f32 constant that is cast to f16' : 'a whole number',
      found: `${value} as ${dtype}`,
    })
  return dtype === 'i32' ? new Int32Array(size).fill(value) : new BigInt64Array(size).fill(BigInt(value))
}

/** A value that is fed to the graph under `name`. */
export function input(name: string, dtype: DataType, shape: Shape): Tensor {
  return new Node('Input', [], { name, dtype, shape }, [{ dtype, shape }]).outputs[0]
}

/** The number, when the tensor is a constant with one element. */
export function constantNumber(tensor: Tensor): number | undefined {
  if (tensor.node.operator !== 'Constant' || sizeOf(tensor.shape) !== 1) return undefined
  return Number(tensor.node.attributes.data[0])
}
