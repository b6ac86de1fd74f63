import { type DataType, Node, type Shape, sizeOf, type Tensor } from '../tensor.ts'

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

/** A constant number without axes. */
export function scalar(value: number): Tensor {
  return constant(Float32Array.of(value), [])
}

/** A constant whose elements are all equal. */
export function full(shape: Shape, value: number): Tensor {
  return constant(new Float32Array(sizeOf(shape)).fill(value), shape)
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
