import { TensorProto_DataType as TYPE } from './onnx_pb.ts'

const BYTES: Partial<Record<TYPE, number>> = {
  [TYPE.FLOAT]: 4,
  [TYPE.UINT8]: 1,
  [TYPE.INT8]: 1,
  [TYPE.UINT16]: 2,
  [TYPE.INT16]: 2,
  [TYPE.INT32]: 4,
  [TYPE.INT64]: 8,
  [TYPE.BOOL]: 1,
  [TYPE.FLOAT16]: 2,
  [TYPE.DOUBLE]: 8,
  [TYPE.UINT32]: 4,
  [TYPE.UINT64]: 8,
  [TYPE.COMPLEX64]: 8,
  [TYPE.COMPLEX128]: 16,
  [TYPE.BFLOAT16]: 2,
  [TYPE.FLOAT8E4M3FN]: 1,
  [TYPE.FLOAT8E4M3FNUZ]: 1,
  [TYPE.FLOAT8E5M2]: 1,
  [TYPE.FLOAT8E5M2FNUZ]: 1,
  [TYPE.UINT4]: 0.5,
  [TYPE.INT4]: 0.5,
  [TYPE.FLOAT4E2M1]: 0.5,
  [TYPE.FLOAT8E8M0]: 1,
  [TYPE.UINT2]: 0.25,
  [TYPE.INT2]: 0.25,
  [TYPE.FLOAT6E2M3]: 0.75,
  [TYPE.FLOAT6E3M2]: 0.75,
}

/** Bytes per element of a numeric ONNX type in raw data; `undefined` for texts and unknown types. */
export function bytesOfElements(type: number): number | undefined {
  return BYTES[type as TYPE]
}
