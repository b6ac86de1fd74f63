import type * as ort from 'onnxruntime-common'
import { OssatureError } from '../errors.ts'
import { type Shape, sizeOf } from '../tensor/index.ts'
import type { HostArray } from './device.ts'

/** What the devices need of an `onnxruntime-*` package. */
export interface OnnxRuntime {
  readonly InferenceSession: ort.InferenceSessionFactory
  readonly Tensor: ort.TensorConstructor
}

/** Name, type and shape of something that is fed. */
export interface FedType {
  readonly name: string
  readonly dtype: string
  readonly shape: Shape
}

const ARRAYS: Readonly<Record<string, typeof Float32Array | typeof Int32Array>> = { f32: Float32Array, i32: Int32Array }

/** @throws OssatureError when the data are missing or of another type or size */
export function fedTensor(runtime: OnnxRuntime, { name, dtype, shape }: FedType, data?: HostArray): ort.Tensor {
  if (data === undefined) throw new OssatureError(`the step was not given its input ${name}`, { where: 'run' })
  const array = ARRAYS[dtype]
  if (!array || !(data instanceof array) || data.length !== sizeOf(shape)) {
    throw new OssatureError('the step was given an input of the wrong type or size', {
      where: name,
      expected: `${dtype}[${shape.join(', ')}], ${sizeOf(shape)} values`,
      found: `${data.constructor.name} with ${data.length} values`,
    })
  }
  return data instanceof Float32Array
    ? new runtime.Tensor('float32', data, shape)
    : new runtime.Tensor('int32', data, shape)
}
